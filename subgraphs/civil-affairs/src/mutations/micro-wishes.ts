import { count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { MicroWishState, Resolvers } from '../generated/graphql.js';
import type { MicroWish, Prisma } from '../generated/prisma/client.js';
import { newTimeId } from '../new-id.js';
import { spendFromFund } from '../queries/fund-spending.js';
import { changed, found, requireState, requireVersion, servedResident, type Tx } from './write.js';

const states: Record<MicroWishState, string> = {
  OPEN: '待认领',
  CLAIMED: '已认领',
  DONE: '已实现',
  WITHDRAWN: '已撤回',
};

const versioned = { id, expectedVersion: version };

async function change(
  tx: Tx,
  wish: MicroWish,
  data: Prisma.MicroWishUpdateManyMutationInput & Pick<Prisma.MicroWishUncheckedUpdateManyInput, 'claimantId'>,
): Promise<MicroWish> {
  const rows = await tx.all.microWish.updateManyAndReturn({
    where: { id: wish.id, version: wish.version },
    data: { ...data, version: { increment: 1 } },
  });
  return changed(rows);
}

/** Who claims a wish: the resident who asks, or an organisation of the place for which staff ask. */
async function claimOf(tx: Tx, wish: MicroWish, organizationId: string | null | undefined) {
  const { residentId } = tx.subject;
  if (organizationId == null) {
    if (residentId === undefined) throw refuse(['organizationId'], 'REQUIRED', '由社会组织认领的，请填是哪个组织。');
    if (residentId === wish.wisherId) throw refuse(['id'], 'INVALID', '不能认领自己的心愿。');
    return { claimantId: residentId, parties: [wish.wisherId, residentId] };
  }
  const { communityCode } = wish;
  if (residentId !== undefined) {
    throw refuse(['organizationId'], 'NOT_ALLOWED', '由社会组织认领的请社区工作者办理；本人认领请不要填组织。');
  }
  found(await tx.all.organization.findFirst({ where: { id: organizationId, communityCode } }), 'organizationId');
  return { claimedById: organizationId };
}

/** Small wishes: residents make them, others claim them, funds pay for some. */
export const microWishMutations: Resolvers['Mutation'] = {
  makeWish: mutation({
    name: 'makeWish',
    input: z.strictObject({
      residentId: id,
      title: text(60),
      cost: count(1, 5000),
      fundId: id.nullish(),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ residentId, title, cost, fundId }, tx: Tx) {
      const { communityCode } = await servedResident(tx, residentId);
      if (fundId != null) {
        found(await tx.all.communityFund.findFirst({ where: { id: fundId, communityCode } }), 'fundId');
      }
      const wish = await tx.all.microWish.create({
        data: {
          id: newTimeId('m', tx.now),
          title,
          communityCode,
          state: 'OPEN',
          fundId: fundId ?? null,
          cost,
          madeAt: tx.now,
          wisherId: residentId,
          parties: [residentId],
        },
      });
      return { wish };
    },
    made: ({ wish }) => wish.id,
    again: async (made, tx) => ({ wish: await tx.all.microWish.findUniqueOrThrow({ where: { id: made } }) }),
  }),
  claimWish: mutation({
    name: 'claimWish',
    input: z.strictObject({ ...versioned, organizationId: id.nullish() }),
    async run({ organizationId, ...input }, tx: Tx) {
      const wish = found(await tx.rows.microWish.findUnique({ where: { id: input.id } }));
      requireVersion(wish, input.expectedVersion);
      requireState(wish.state, ['OPEN'], states, '认领');
      return { wish: await change(tx, wish, { state: 'CLAIMED', ...(await claimOf(tx, wish, organizationId)) }) };
    },
  }),
  fulfilWish: mutation({
    name: 'fulfilWish',
    input: z.strictObject({ ...versioned, spent: count(0, 5000) }),
    async run({ spent, ...input }, tx: Tx) {
      const wish = found(await tx.rows.microWish.findUnique({ where: { id: input.id } }));
      requireVersion(wish, input.expectedVersion);
      requireState(wish.state, ['CLAIMED'], states, '记为已实现');
      const done = await change(tx, wish, { state: 'DONE' });
      if (wish.fundId !== null && !(await spendFromFund(tx, wish.fundId, spent))) {
        throw refuse(['spent'], 'FULL', '社区基金的结余不足，请减少支出或另筹。');
      }
      return { wish: done };
    },
  }),
  withdrawWish: mutation({
    name: 'withdrawWish',
    input: z.strictObject(versioned),
    async run(input, tx: Tx) {
      const wish = found(await tx.rows.microWish.findUnique({ where: { id: input.id } }));
      // Whoever claimed it takes part in it too, but the wish is not theirs.
      tx.requireRelation(['id'], { subject: wish.wisherId });
      requireVersion(wish, input.expectedVersion);
      requireState(wish.state, ['OPEN', 'CLAIMED'], states, '撤回');
      return { wish: await change(tx, wish, { state: 'WITHDRAWN' }) };
    },
  }),
};
