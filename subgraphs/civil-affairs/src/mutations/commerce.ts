import { communityCode, count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { z } from 'zod';
import type { ShopCategory } from '../generated/graphql.js';
import { changed, found, newId, requireVersion, type Tx } from './change.js';

const categories: ShopCategory[] = [
  'GROCERY',
  'CONVENIENCE_STORE',
  'BREAKFAST',
  'CATERING',
  'PHARMACY',
  'HAIRDRESSER',
  'LAUNDRY',
  'REPAIR',
  'DOMESTIC_SERVICE',
  'RECYCLING',
  'BOOKS',
  'UNSTAFFED_STORE',
];

const shopInput = z.strictObject({
  communityCode,
  name: text(100),
  category: z.enum(categories),
  areaM2: count(1, 100_000),
  hours: text(100),
  chain: z.boolean(),
  idempotencyKey: idempotencyKey.nullish(),
});

export const registerShop = mutation({
  name: 'registerShop',
  input: shopInput,
  async run({ idempotencyKey: _, ...shop }: z.infer<typeof shopInput>, tx: Tx) {
    tx.requireRelation(['communityCode'], { community: shop.communityCode });
    return { shop: await tx.all.shop.create({ data: { ...shop, id: newId('shop-'), registeredOn: tx.now } }) };
  },
  made: ({ shop }) => shop.id,
  again: async (made, tx) => ({ shop: await tx.all.shop.findUniqueOrThrow({ where: { id: made } }) }),
});

const openInput = z.strictObject({ shopId: id, expectedVersion: version, open: z.boolean() });

export const setShopOpen = mutation({
  name: 'setShopOpen',
  input: openInput,
  async run({ shopId, expectedVersion, open }: z.infer<typeof openInput>, tx: Tx) {
    const row = found(await tx.all.shop.findUnique({ where: { id: shopId } }), 'shopId', '商业网点');
    tx.requireRelation(['shopId'], { community: row.communityCode });
    requireVersion(row, expectedVersion);
    const shop = changed(
      await tx.all.shop.updateManyAndReturn({
        where: { id: shopId, version: expectedVersion },
        data: { open, version: { increment: 1 } },
      }),
    );
    return { shop };
  },
});

const parcelInput = z.strictObject({
  communityCode,
  name: text(100),
  kind: z.enum(['LOCKER', 'STATION']),
  capacity: count(1, 100_000),
  hours: text(100),
  idempotencyKey: idempotencyKey.nullish(),
});

export const registerParcelPoint = mutation({
  name: 'registerParcelPoint',
  input: parcelInput,
  async run({ idempotencyKey: _, ...point }: z.infer<typeof parcelInput>, tx: Tx) {
    tx.requireRelation(['communityCode'], { community: point.communityCode });
    return { parcelPoint: await tx.all.parcelPoint.create({ data: { ...point, id: newId('parcel-') } }) };
  },
  made: ({ parcelPoint }) => parcelPoint.id,
  again: async (made, tx) => ({ parcelPoint: await tx.all.parcelPoint.findUniqueOrThrow({ where: { id: made } }) }),
});
