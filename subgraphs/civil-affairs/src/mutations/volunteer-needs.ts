import { day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers, VolunteerNeedState } from '../generated/graphql.js';
import type { VolunteerNeed } from '../generated/prisma/client.js';
import { VolunteerField } from '../generated/prisma/enums.js';
import { newTimeId } from '../new-id.js';
import { dayIn, daysFrom } from '../shenzhen-day.js';
import { changed, found, requireState, requireVersion, servedResident, type Tx } from './write.js';

const states: Record<VolunteerNeedState, string> = {
  OPEN: '待对接',
  MATCHED: '已对接',
  MET: '已满足',
  WITHDRAWN: '已撤回',
};

/** Days ahead that help is asked for at most; a default of this hub. */
const wantedWithinDays = 90;

async function projectFor(tx: Tx, need: VolunteerNeed, projectId: string): Promise<void> {
  const project = found(await tx.all.volunteerProject.findUnique({ where: { id: projectId } }), 'projectId');
  if (project.state !== 'OPEN' || project.communityCode !== need.communityCode) {
    throw refuse(['projectId'], 'INVALID', '项目须在同一社区且招募中，请另选。');
  }
}

async function helperFor(tx: Tx, need: VolunteerNeed, volunteerId: string): Promise<string> {
  const volunteer = found(await tx.all.volunteer.findUnique({ where: { id: volunteerId } }), 'volunteerId');
  if (!volunteer.fields.includes(need.field)) {
    throw refuse(['volunteerId'], 'INVALID', '这位志愿者不擅长该领域，请另选。');
  }
  if (volunteer.residentId === need.residentId) {
    throw refuse(['volunteerId'], 'INVALID', '不能由服务对象本人承接，请另选。');
  }
  return volunteer.residentId;
}

/** What residents need of volunteers, and who does it: need, person and project meet here. */
export const volunteerNeedMutations: Resolvers['Mutation'] = {
  requestVolunteerHelp: mutation({
    name: 'requestVolunteerHelp',
    input: z.strictObject({
      residentId: id,
      field: z.enum(VolunteerField),
      text: text(500),
      wantedOn: day,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ residentId, field, text: wanted, wantedOn }, tx: Tx) {
      const { communityCode } = await servedResident(tx, residentId);
      const ahead = daysFrom(dayIn(tx.now), wantedOn);
      if (ahead < 0 || ahead > wantedWithinDays) {
        throw refuse(['wantedOn'], 'INVALID', `希望的日期须在今天起 ${wantedWithinDays} 日之内，请重新填写。`);
      }
      const need = await tx.all.volunteerNeed.create({
        data: {
          id: newTimeId('n', tx.now),
          residentId,
          field,
          text: wanted,
          wantedOn,
          state: 'OPEN',
          communityCode,
          parties: [residentId],
        },
      });
      return { need };
    },
    made: ({ need }) => need.id,
    again: async (made, tx) => ({ need: await tx.all.volunteerNeed.findUniqueOrThrow({ where: { id: made } }) }),
  }),
  matchVolunteerNeed: mutation({
    name: 'matchVolunteerNeed',
    input: z.strictObject({ id, expectedVersion: version, projectId: id.nullish(), volunteerId: id.nullish() }),
    async run({ projectId, volunteerId, ...input }, tx: Tx) {
      if (projectId == null && volunteerId == null) {
        throw refuse(null, 'REQUIRED', '项目与志愿者请至少填一项。');
      }
      const before = found(await tx.rows.volunteerNeed.findUnique({ where: { id: input.id } }));
      requireVersion(before, input.expectedVersion);
      requireState(before.state, ['OPEN', 'MATCHED'], states, '对接');
      if (projectId != null) await projectFor(tx, before, projectId);
      const helper = volunteerId == null ? null : await helperFor(tx, before, volunteerId);
      const rows = await tx.rows.volunteerNeed.updateManyAndReturn({
        where: { id: before.id, version: before.version },
        data: {
          state: 'MATCHED',
          projectId: projectId ?? null,
          volunteerId: volunteerId ?? null,
          parties: helper === null ? [before.residentId] : [before.residentId, helper],
          version: { increment: 1 },
        },
      });
      const need = changed(rows);
      const data = { needId: need.id, field: need.field, projectId: need.projectId, communityCode: need.communityCode };
      await tx.emit({ type: 'VolunteerNeedMatched', key: need.id, data });
      return { need };
    },
  }),
  closeVolunteerNeed: mutation({
    name: 'closeVolunteerNeed',
    input: z.strictObject({ id, expectedVersion: version, met: z.boolean() }),
    async run({ met, ...input }, tx: Tx) {
      const before = found(await tx.rows.volunteerNeed.findUnique({ where: { id: input.id } }));
      // The volunteer takes part in it too, but whether it was met is not theirs to say.
      tx.requireRelation(['id'], { subject: before.residentId, community: before.communityCode });
      requireVersion(before, input.expectedVersion);
      if (met) requireState(before.state, ['MATCHED'], states, '记为已满足');
      else requireState(before.state, ['OPEN', 'MATCHED'], states, '撤回');
      const rows = await tx.rows.volunteerNeed.updateManyAndReturn({
        where: { id: before.id, version: before.version },
        data: { state: met ? 'MET' : 'WITHDRAWN', version: { increment: 1 } },
      });
      return { need: changed(rows) };
    },
  }),
};
