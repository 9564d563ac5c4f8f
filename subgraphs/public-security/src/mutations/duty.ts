import { communityCode, id, phone, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { turnsOverlap, type WeeklyTurn } from '../duty-week.js';
import type { DutyKind, Resolvers } from '../generated/graphql.js';
import { newId } from '../new-id.js';
import { changed, isDepartmentOfficer, type Writing } from '../writing.js';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: '请填写时刻，例如 08:00。' });
const weekday = z.int().min(1, { error: '周一为 1，周日为 7。' }).max(7, { error: '周一为 1，周日为 7。' });

/** The officer of a turn: of the community, and not on duty elsewhere at the same time. */
async function checkOfficer(tx: Writing, officerId: string, community: string, turn: WeeklyTurn): Promise<void> {
  const officer = await tx.all.communityOfficer.findUnique({ where: { id: officerId } });
  if (officer?.communityCode !== community) throw refuse(['officerId'], 'INVALID', '该民警不负责本社区，请重新选择。');
  await tx.lock(`duty of ${officerId}`);
  const others = await tx.all.dutyShift.findMany({ where: { officerId } });
  if (others.some((other) => turnsOverlap(other, turn))) {
    throw refuse(['officerId'], 'DUPLICATE', '该民警同一时段已有班次，请改变时间或另选民警。');
  }
}

export const dutyMutations: Resolvers['Mutation'] = {
  assignDutyShift: mutation({
    name: 'assignDutyShift',
    input: z.strictObject({
      communityCode,
      kind: z.custom<DutyKind>(),
      weekdays: z.array(weekday).min(1, { error: '请至少选择一日。' }).max(7, { error: '至多七日。' }),
      from: clock,
      until: clock,
      post: text(30),
      phone: phone.nullish(),
      officerId: id.nullish(),
    }),
    async run({ communityCode: community, kind, weekdays, from, until, post, phone: by, officerId }, tx: Writing) {
      tx.requireRelation(['communityCode'], { community });
      if (kind === 'POLICE_POST') {
        if (!isDepartmentOfficer(tx.subject)) {
          throw refuse(['kind'], 'NOT_ALLOWED', '警务室值班由公安部门安排；社区只安排应急值守。');
        }
        if (officerId == null) throw refuse(['officerId'], 'REQUIRED', '警务室值班请填写值班民警。');
      }
      const turn = { weekdays: [...new Set(weekdays)].sort(), from, until };
      if (officerId != null) await checkOfficer(tx, officerId, community, turn);
      const shift = await tx.all.dutyShift.create({
        data: {
          ...turn,
          id: newId('t'),
          kind,
          post,
          phone: by ?? null,
          officerId: officerId ?? null,
          communityCode: community,
        },
      });
      return { shift };
    },
  }),

  cancelDutyShift: mutation({
    name: 'cancelDutyShift',
    input: z.strictObject({ id, expectedVersion: version }),
    async run({ id, expectedVersion }, tx: Writing) {
      const shift = await tx.rows.dutyShift.findUnique({ where: { id } });
      if (!shift) throw refuse(['id'], 'NOT_FOUND', '没有这个班次，或不在您的辖区。');
      if (shift.kind === 'POLICE_POST' && !isDepartmentOfficer(tx.subject)) {
        throw refuse(['id'], 'NOT_ALLOWED', '警务室值班由公安部门安排。');
      }
      const { count } = await tx.rows.dutyShift.deleteMany({ where: { id, version: expectedVersion } });
      if (count === 0) throw changed();
      return { id };
    },
  }),
};
