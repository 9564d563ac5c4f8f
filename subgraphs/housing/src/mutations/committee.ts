import { count, day, id } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { geography } from '@linli/schema/geography';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { MutationResolvers } from '../generated/graphql.js';
import { dateIn } from '../today.js';
import { newId } from './case.js';
import { estateFor } from './estate.js';

/** Years that a committee is elected for at the most. */
const mostYears = 5;

const registerOwnersCommittee = mutation({
  name: 'registerOwnersCommittee',
  input: z.strictObject({
    projectId: id,
    kind: z.enum(['OWNERS_COMMITTEE', 'RESIDENTS_COMMITTEE_ACTING']),
    since: day,
    termEndsOn: day.nullish(),
    members: count(3, 21),
  }),
  async run({ projectId, kind, since, termEndsOn = null, members }, tx: Tx) {
    if (since > dateIn(tx.now)) throw refuse(['since'], 'INVALID', '成立或开始代行的日期不晚于今天。');
    const project = await estateFor(tx, projectId);
    const elected = kind === 'OWNERS_COMMITTEE';
    if (elected) requireTerm(since, termEndsOn, members);
    else if (termEndsOn) throw refuse(['termEndsOn'], 'INVALID', '居民委员会代行的没有任期届满日，请不要填写。');
    await tx.lock(`committee:${projectId}`);
    const before = await tx.all.ownersCommittee.findUnique({ where: { projectId } });
    if (before && since <= before.since) {
      throw refuse(['since'], 'DUPLICATE', '已登记的业主组织不早于此日成立；换届的请填写新一届的日期。');
    }
    const acting = geography.communities.find(({ code }) => code === project.communityCode)!.committee;
    const data = { kind, name: elected ? `${project.name}业主委员会` : acting, since, termEndsOn, members };
    const committee = await tx.all.ownersCommittee.upsert({
      where: { projectId },
      create: { id: newId('u'), projectId, ...data },
      update: data,
    });
    await tx.emit({
      type: 'OwnersCommitteeRegistered',
      key: projectId,
      data: { projectId, communityCode: project.communityCode, kind, members },
    });
    return { committee };
  },
});

/** @throws Refusal where an elected committee has no term, one that is too long, or an even number of members */
function requireTerm(since: Date, termEndsOn: Date | null, members: number): void {
  if (!termEndsOn) throw refuse(['termEndsOn'], 'REQUIRED', '业主委员会须填写任期届满日。');
  const latest = new Date(since);
  latest.setUTCFullYear(latest.getUTCFullYear() + mostYears);
  if (termEndsOn <= since || termEndsOn > latest) {
    throw refuse(['termEndsOn'], 'INVALID', '任期届满日应晚于成立日，且任期不超过 5 年。');
  }
  if (members % 2 === 0 || members < 5 || members > 11) {
    throw refuse(['members'], 'INVALID', '业主委员会委员为 5 至 11 人的单数。');
  }
}

/** Who speaks for the owners of an estate. */
export const committeeMutations: MutationResolvers = { registerOwnersCommittee };
