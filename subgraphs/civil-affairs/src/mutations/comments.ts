import { communityWorkerOfCase } from '@linli/kit/population/staff';
import { id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { changed, found, newId, requireState, requireVersion, type Tx } from './change.js';
import { openToResidents } from './deliberations.js';
import { ownResident, requireNeighbour } from './people.js';

const ownAge = 14;
const states = { PENDING: '待审核', APPROVED: '已公开', REJECTED: '不予公开' } as const;

const commentInput = z.strictObject({
  deliberationId: id,
  text: text(1000),
  consent: z.literal(true, { error: '意见审核通过后会公开，须同意公开才能发表。' }),
  signature: text(20).nullish(),
  idempotencyKey: idempotencyKey.nullish(),
});

/** A resident says something; it is shown to all once a community worker has read it. */
export const commentDeliberation = mutation({
  name: 'commentDeliberation',
  input: commentInput,
  async run({ deliberationId, text: said, signature }: z.infer<typeof commentInput>, tx: Tx) {
    const resident = await ownResident(tx, ownAge);
    const { communityCode, state } = await openToResidents(tx, deliberationId);
    requireNeighbour(resident, communityCode);
    if (state !== 'DISCUSSING') throw refuse(['deliberationId'], 'WRONG_STATE', '讨论还没有开始，请等讨论开始后发表。');
    const comment = await tx.all.deliberationComment.create({
      data: {
        id: newId('comment-'),
        deliberationId,
        residentId: resident.id,
        communityCode,
        text: said,
        signature: signature ?? '居民',
        postedAt: tx.now,
        handlers: [communityWorkerOfCase(communityCode, resident.id)],
      },
    });
    return { comment };
  },
  made: ({ comment }) => comment.id,
  again: async (made, tx) => ({ comment: await tx.all.deliberationComment.findUniqueOrThrow({ where: { id: made } }) }),
});

const moderateInput = z
  .strictObject({ commentId: id, expectedVersion: version, approve: z.boolean(), reason: text(500).nullish() })
  .refine(({ approve, reason }) => approve || reason != null, {
    path: ['reason'],
    params: { code: 'REQUIRED' },
    error: '不予公开的，请说明理由。',
  });

export const moderateComment = mutation({
  name: 'moderateComment',
  input: moderateInput,
  async run({ commentId, expectedVersion, approve, reason }: z.infer<typeof moderateInput>, tx: Tx) {
    const row = found(await tx.rows.deliberationComment.findUnique({ where: { id: commentId } }), 'commentId', '意见');
    requireVersion(row, expectedVersion);
    requireState(row.state, ['PENDING'], states);
    const comment = changed(
      await tx.rows.deliberationComment.updateManyAndReturn({
        where: { id: commentId, version: expectedVersion },
        data: {
          state: approve ? 'APPROVED' : 'REJECTED',
          reason: approve ? null : (reason ?? null),
          version: { increment: 1 },
        },
      }),
    );
    if (approve) {
      const { id: shownId, deliberationId, text: said, signature, postedAt } = comment;
      await tx.all.publicComment.create({ data: { id: shownId, deliberationId, text: said, signature, postedAt } });
    }
    return { comment };
  },
});
