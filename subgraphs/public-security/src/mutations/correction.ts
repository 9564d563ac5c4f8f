import { day, id, idempotencyKey, text } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { CorrectionVisitKind, CorrectionVisitOutcome, Resolvers } from '../generated/graphql.js';
import { newId } from '../new-id.js';
import { dayText, shenzhenDay } from '../shenzhen-day.js';
import type { Writing } from '../writing.js';

/** What is sealed is written without an event: nobody but the handler is to know that there is anything. */
export const correctionMutations: Resolvers['Mutation'] = {
  recordCorrectionVisit: mutation({
    name: 'recordCorrectionVisit',
    input: z.strictObject({
      caseId: id,
      kind: z.custom<CorrectionVisitKind>(),
      outcome: z.custom<CorrectionVisitOutcome>(),
      visitedOn: day,
      note: text(500),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ caseId, kind, outcome, visitedOn, note }, tx: Writing) {
      const found = await tx.rows.correctionCase.findUnique({ where: { id: caseId } });
      if (!found) throw refuse(['caseId'], 'NOT_FOUND', '没有这件个案。');
      const today = shenzhenDay(tx.now);
      if (visitedOn > today || visitedOn < found.startsOn) {
        throw refuse(['visitedOn'], 'INVALID', `日期须在 ${dayText(found.startsOn)} 与今日之间。`);
      }
      if (visitedOn > found.endsOn) {
        throw refuse(['visitedOn'], 'CLOSED', `个案已于 ${dayText(found.endsOn)} 期满，不能记录其后的走访。`);
      }
      const { personId, communityCode, handlers, minorUntil } = found;
      const visit = await tx.all.correctionVisit.create({
        data: { id: newId('u'), kind, outcome, visitedOn, note, caseId, personId, communityCode, handlers, minorUntil },
      });
      return { visit };
    },
    made: ({ visit }) => visit.id,
    again: async (id, tx) => ({ visit: await tx.all.correctionVisit.findUniqueOrThrow({ where: { id } }) }),
  }),
};
