import { count, id, idempotencyKey, text } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers, SupplyItem, SupplyMovementKind } from '../generated/graphql.js';
import { newId } from '../new-id.js';
import { holdStocks, type HeldStock } from '../queries/supply-stock.js';
import type { Writing } from '../writing.js';

const mostAtOnce = 100_000;
/** What a stock holds at the most, far below what its column can. */
const mostInStock = 1_000_000_000;

interface Ends {
  fromShelterId?: string | null | undefined;
  toShelterId?: string | null | undefined;
}

/** Which ends a movement of a kind has. */
function checkEnds(kind: SupplyMovementKind, { fromShelterId: from, toShelterId: to }: Ends): void {
  if (kind !== 'IN' && from == null) throw refuse(['fromShelterId'], 'REQUIRED', '出库与调拨请填写调出的避难场所。');
  if (kind !== 'OUT' && to == null) throw refuse(['toShelterId'], 'REQUIRED', '入库与调拨请填写调入的避难场所。');
  if (kind === 'IN' && from != null) throw refuse(['fromShelterId'], 'INVALID', '入库没有调出的避难场所，请留空。');
  if (kind === 'OUT' && to != null) throw refuse(['toShelterId'], 'INVALID', '出库没有调入的避难场所，请留空。');
  if (from != null && from === to) throw refuse(['toShelterId'], 'INVALID', '调出与调入为同一处，请核对。');
}

/** The community of an end, which must be the caller's; that a shelter exists is public. */
async function communityOf(tx: Writing, field: keyof Ends, shelterId: string | null | undefined): Promise<string[]> {
  if (shelterId == null) return [];
  const shelter = await tx.all.emergencyShelter.findUnique({ where: { id: shelterId } });
  if (!shelter) throw refuse([field], 'NOT_FOUND', '没有这处避难场所，请核对标识。');
  tx.requireRelation([field], { community: shelter.communityCode });
  return [shelter.communityCode];
}

async function put(tx: Writing, stock: HeldStock, change: number, item: SupplyItem, community: string): Promise<void> {
  const quantity = stock.quantity + change;
  await tx.all.supplyStock.update({ where: { id: stock.id }, data: { quantity } });
  if (quantity < stock.minimum && stock.quantity >= stock.minimum) {
    const data = { shelterId: stock.shelter, item, quantity, minimum: stock.minimum, communityCode: community };
    await tx.emit({ type: 'SuppliesLow', key: stock.id, data });
  }
}

export const suppliesMutations: Resolvers['Mutation'] = {
  moveSupplies: mutation({
    name: 'moveSupplies',
    input: z.strictObject({
      kind: z.custom<SupplyMovementKind>(),
      item: z.custom<SupplyItem>(),
      quantity: count(1, mostAtOnce),
      fromShelterId: id.nullish(),
      toShelterId: id.nullish(),
      reason: text(200),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ kind, item, quantity, fromShelterId, toShelterId, reason }, tx: Writing) {
      checkEnds(kind, { fromShelterId, toShelterId });
      const fromCommunity = await communityOf(tx, 'fromShelterId', fromShelterId);
      const toCommunity = await communityOf(tx, 'toShelterId', toShelterId);
      const shelters = [fromShelterId, toShelterId].filter((shelter) => shelter != null);
      const stocks = await holdStocks(tx, item, shelters);
      if (fromShelterId != null) {
        const from = stocks.get(fromShelterId)!;
        if (from.quantity < quantity) {
          throw refuse(['quantity'], 'WRONG_STATE', `库存现有 ${from.quantity}，不足 ${quantity}，请减少数量。`);
        }
        await put(tx, from, -quantity, item, fromCommunity[0]!);
      }
      if (toShelterId != null) {
        const to = stocks.get(toShelterId)!;
        if (to.quantity + quantity > mostInStock) throw refuse(['quantity'], 'FULL', '库存数量超过上限，请核对。');
        await put(tx, to, quantity, item, toCommunity[0]!);
      }
      const movement = await tx.all.supplyMovement.create({
        data: {
          id: newId('y'),
          kind,
          item,
          quantity,
          fromShelterId: fromShelterId ?? null,
          toShelterId: toShelterId ?? null,
          reason,
          movedAt: tx.now,
          communityCodes: [...new Set([...fromCommunity, ...toCommunity])],
        },
      });
      return { movement };
    },
    made: ({ movement }) => movement.id,
    again: async (id, tx) => ({ movement: await tx.all.supplyMovement.findUniqueOrThrow({ where: { id } }) }),
  }),
};
