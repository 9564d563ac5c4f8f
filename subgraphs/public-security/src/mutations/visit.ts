import { id, idempotencyKey, instant, text } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { GridVisitOutcome, Resolvers } from '../generated/graphql.js';
import { newId } from '../new-id.js';
import { daysLater } from '../shenzhen-day.js';
import type { Writing } from '../writing.js';

const oldestDays = 30;

export const visitMutations: Resolvers['Mutation'] = {
  recordGridVisit: mutation({
    name: 'recordGridVisit',
    input: z.strictObject({
      residentId: id,
      visitedAt: instant,
      outcome: z.custom<GridVisitOutcome>(),
      note: text(500).nullish(),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ residentId, visitedAt, outcome, note }, tx: Writing) {
      await tx.lock(`visits to ${residentId}`);
      const registered = await tx.all.populationRegistration.findUnique({ where: { residentId } });
      const before = await tx.all.gridVisit.findFirst({ where: { residentId, latest: true } });
      const community = registered?.communityCode;
      if (!registered || !community || !tx.isRelated({ community, assigned: before?.handlers })) {
        throw refuse(['residentId'], 'NOT_FOUND', '没有这位居民，或不在您的辖区。');
      }
      if (visitedAt > tx.now || visitedAt < daysLater(tx.now, -oldestDays)) {
        throw refuse(['visitedAt'], 'INVALID', `走访时间须不晚于现在，不早于 ${oldestDays} 日之前。`);
      }
      const cell = await tx.all.gridCell.findFirstOrThrow({
        where: { communityCode: community },
        orderBy: { code: 'asc' },
      });
      const latest = !before || before.visitedAt <= visitedAt;
      if (latest) await tx.all.gridVisit.updateMany({ where: { residentId, latest: true }, data: { latest: false } });
      const { staffId } = tx.subject;
      const visit = await tx.all.gridVisit.create({
        data: {
          id: newId('v'),
          visitedAt,
          outcome,
          note: note ?? null,
          latest,
          residentId,
          gridCode: before?.gridCode ?? cell.code,
          communityCode: community,
          handlers: before?.handlers ?? (staffId === undefined ? [] : [staffId]),
          minorUntil: registered.minorUntil,
        },
      });
      if (outcome === 'NEEDS_HELP') {
        const data = { residentId, communityCode: community, visitId: visit.id, reason: 'LACK_OF_CARE' };
        await tx.emit({ type: 'ResidentNeedsHelp', key: residentId, data });
      }
      return { visit };
    },
    made: ({ visit }) => visit.id,
    again: async (id, tx) => ({ visit: await tx.all.gridVisit.findUniqueOrThrow({ where: { id } }) }),
  }),
};
