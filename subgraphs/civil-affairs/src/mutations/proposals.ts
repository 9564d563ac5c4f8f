import { communityWorkerOfCase } from '@linli/kit/population/staff';
import { id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { ResidentProposal } from '../generated/prisma/client.js';
import { changed, found, newId, requireState, requireVersion, type Tx } from './change.js';
import {
  createDeliberation,
  createNeed,
  createProject,
  deliberationInput,
  microProjectInput,
  needInput,
} from './list-entries.js';
import { ownResident } from './people.js';

/** From this age on somebody proposes by themselves; what is younger is a child's, and as sensitive. */
const ownAge = 14;

const states = { SUBMITTED: '已提出', ADOPTED: '已采纳', DECLINED: '未采纳' } as const;

const submitInput = z.strictObject({
  kind: z.enum(['NEED', 'DELIBERATION', 'MICRO_PROJECT']),
  title: text(60),
  text: text(2000),
  idempotencyKey: idempotencyKey.nullish(),
});

/** A resident proposes something to the community that they live in. */
export const submitProposal = mutation({
  name: 'submitProposal',
  input: submitInput,
  async run({ kind, title, text: said }: z.infer<typeof submitInput>, tx: Tx) {
    const { id: residentId, communityCode } = await ownResident(tx, ownAge);
    const proposal = await tx.all.residentProposal.create({
      data: {
        id: newId('proposal-'),
        kind,
        residentId,
        communityCode,
        title,
        text: said,
        submittedAt: tx.now,
        handlers: [communityWorkerOfCase(communityCode, residentId)],
      },
    });
    return { proposal };
  },
  made: ({ proposal }) => proposal.id,
  again: async (made, tx) => ({ proposal: await tx.all.residentProposal.findUniqueOrThrow({ where: { id: made } }) }),
});

/** The proposal that the caller may answer, which nobody has answered yet. */
async function openProposal(
  tx: Tx,
  { proposalId, expectedVersion }: { proposalId: string; expectedVersion: number },
): Promise<ResidentProposal> {
  const row = found(await tx.rows.residentProposal.findUnique({ where: { id: proposalId } }), 'proposalId', '提议');
  requireVersion(row, expectedVersion);
  requireState(row.state, ['SUBMITTED'], states);
  return row;
}

async function answer(tx: Tx, row: ResidentProposal, state: 'ADOPTED' | 'DECLINED', reply: string) {
  const proposal = changed(
    await tx.rows.residentProposal.updateManyAndReturn({
      where: { id: row.id, version: row.version },
      data: { state, reply, repliedAt: tx.now, version: { increment: 1 } },
    }),
  );
  return { proposal };
}

const adoptInput = z.strictObject({
  proposalId: id,
  expectedVersion: version,
  reply: text(1000),
  need: needInput.nullish(),
  deliberation: deliberationInput.nullish(),
  microProject: microProjectInput.nullish(),
});

/** What was proposed goes into the public list of its kind, in words that staff answer for. */
export const adoptProposal = mutation({
  name: 'adoptProposal',
  input: adoptInput,
  async run(input: z.infer<typeof adoptInput>, tx: Tx) {
    const row = await openProposal(tx, input);
    const { need, deliberation, microProject } = input;
    const listing = { communityCode: row.communityCode, proposalId: row.id };
    const done = await answer(tx, row, 'ADOPTED', input.reply);
    if (row.kind === 'NEED' && need && !deliberation && !microProject) {
      await createNeed(tx, listing, need);
    } else if (row.kind === 'DELIBERATION' && deliberation && !need && !microProject) {
      await createDeliberation(tx, listing, deliberation);
    } else if (row.kind === 'MICRO_PROJECT' && microProject && !need && !deliberation) {
      await createProject(tx, { ...listing, origin: 'RESIDENTS_CHOICE' }, microProject, 'microProject');
    } else {
      throw refuse(null, 'INVALID', '请按提议的类型填写需求、议事协商、民生微实事项目三者之一，其余不填。');
    }
    return done;
  },
});

const declineInput = z.strictObject({ proposalId: id, expectedVersion: version, reply: text(1000) });

export const declineProposal = mutation({
  name: 'declineProposal',
  input: declineInput,
  async run(input: z.infer<typeof declineInput>, tx: Tx) {
    return answer(tx, await openProposal(tx, input), 'DECLINED', input.reply);
  },
});
