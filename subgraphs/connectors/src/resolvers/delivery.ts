import { pageOf } from '@linli/kit/paging/table';
import { id, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Database } from '../database.js';
import type { Resolvers } from '../generated/graphql.js';

const replay = z.strictObject({ id, expectedVersion: version });
const feed = z.strictObject({ platform: id, active: z.boolean() });

/** Events on their way to platforms, and what an operator does about them. */
export const deliveryResolvers: Resolvers = {
  Query: {
    deliveries: (_, { first, after, platform, state }, { db }) =>
      pageOf(db.delivery, 'id', { platformCode: platform, state }, { first, after }),
    delivery: (_, { id }, { loaders }) => loaders.delivery.load(id),
  },
  Delivery: {
    platform: async ({ platformCode }, _, { loaders }) => (await loaders.platform.load(platformCode))!,
  },
  Mutation: {
    replayDelivery: mutation({
      name: 'replayDelivery',
      input: replay,
      async run({ id, expectedVersion }: z.infer<typeof replay>, tx: WriteContext<Database>) {
        tx.requireRelation(null, {});
        const there = await tx.all.delivery.findUnique({ where: { id } });
        if (!there) throw refuse(['id'], 'NOT_FOUND', '没有这件投递，请核对编号。');
        if (there.state !== 'DEAD') throw refuse(['id'], 'WRONG_STATE', '只有死信可以重新投递。');
        const [delivery] = await tx.all.delivery.updateManyAndReturn({
          where: { id, version: expectedVersion, state: 'DEAD' },
          data: { state: 'PENDING', attempts: 0, nextAttemptAt: tx.now, version: { increment: 1 } },
        });
        if (!delivery) throw refuse(['expectedVersion'], 'CONFLICT', '已被他人处理，请重新读取后再试。');
        return { delivery };
      },
    }),
    setPlatformFeed: mutation({
      name: 'setPlatformFeed',
      input: feed,
      async run({ platform: code, active }: z.infer<typeof feed>, tx: WriteContext<Database>) {
        tx.requireRelation(null, {});
        const [platform] = await tx.all.platform.updateManyAndReturn({ where: { code }, data: { active } });
        if (!platform) throw refuse(['platform'], 'NOT_FOUND', '没有这个平台，请核对代码。');
        return { platform };
      },
    }),
  },
};
