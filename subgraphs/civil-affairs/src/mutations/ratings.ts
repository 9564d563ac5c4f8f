import { id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { ratingGrades } from '../queries/service-statistics.js';
import { changed, found, newId, requireState, requireVersion, type Tx } from './change.js';
import { caseStates } from './service-case.js';

const rateInput = z.strictObject({ caseId: id, grade: z.enum(ratingGrades), comment: text(500).nullish() });

/** Once a case is decided, its applicant says how it was, once. A bad rating is followed up. */
export const rateService = mutation({
  name: 'rateService',
  input: rateInput,
  async run({ caseId, grade, comment }: z.infer<typeof rateInput>, tx: Tx) {
    const row = found(await tx.rows.serviceCase.findUnique({ where: { id: caseId } }), 'caseId', '办件');
    requireState(row.state, ['DECIDED'], caseStates);
    const bad = grade === 'DISSATISFIED' || grade === 'VERY_DISSATISFIED';
    const { itemCode, applicantId, communityCode } = row;
    const rating = await tx.all.serviceRating.create({
      data: {
        id: newId('g'),
        caseId,
        itemCode,
        applicantId,
        communityCode,
        grade,
        comment: comment ?? null,
        ratedAt: tx.now,
        followUp: bad ? 'PENDING' : 'NOT_NEEDED',
      },
    });
    if (bad) {
      // Not of which case: those who handled it hear of bad ratings, too.
      await tx.emit({
        type: 'ServiceRatedBad',
        key: rating.id,
        data: { ratingId: rating.id, itemCode, communityCode, grade },
      });
    }
    return { rating };
  },
  duplicate: refuse(['caseId'], 'DUPLICATE', '这件办件已经评价过，一件一评，不能更改。'),
});

const followUpInput = z.strictObject({ ratingId: id, expectedVersion: version, note: text(1000) });

/** Somebody above the community that was rated says what was done about it. */
export const followUpServiceRating = mutation({
  name: 'followUpServiceRating',
  input: followUpInput,
  async run({ ratingId, expectedVersion, note }: z.infer<typeof followUpInput>, tx: Tx) {
    const row = found(await tx.rows.serviceRating.findUnique({ where: { id: ratingId } }), 'ratingId', '评价');
    requireVersion(row, expectedVersion);
    if (row.followUp !== 'PENDING') {
      throw refuse(
        null,
        'WRONG_STATE',
        row.followUp === 'DONE' ? '这条差评已经回访。' : '这条评价不是差评，无须回访。',
      );
    }
    const rating = changed(
      await tx.rows.serviceRating.updateManyAndReturn({
        where: { id: ratingId, version: expectedVersion },
        data: { followUp: 'DONE', followUpNote: note, followedUpAt: tx.now, version: { increment: 1 } },
      }),
    );
    return { rating };
  },
});
