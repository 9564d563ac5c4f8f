import { id, idempotencyKey, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { EmergencyHazard, Resolvers } from '../generated/graphql.js';
import type { EmergencyShelter } from '../generated/prisma/client.js';
import { changeOccupants } from '../queries/shelter-occupancy.js';
import { changed, type Writing } from '../writing.js';

const mostAtOnce = 5000;

/** A shelter that is the caller's to open and close. That it exists is public. */
async function shelterOf(tx: Writing, id: string): Promise<EmergencyShelter> {
  const shelter = await tx.all.emergencyShelter.findUnique({ where: { id } });
  if (!shelter) throw refuse(['id'], 'NOT_FOUND', '没有这处避难场所，请核对标识。');
  tx.requireRelation(['id'], { community: shelter.communityCode });
  return shelter;
}

export const shelterMutations: Resolvers['Mutation'] = {
  openShelter: mutation({
    name: 'openShelter',
    input: z.strictObject({ id, expectedVersion: version, hazard: z.custom<EmergencyHazard>() }),
    async run({ id, expectedVersion, hazard }, tx: Writing) {
      const seen = await shelterOf(tx, id);
      if (seen.open) throw refuse(['id'], 'WRONG_STATE', '避难场所已经开放。');
      const [shelter] = await tx.all.emergencyShelter.updateManyAndReturn({
        where: { id, revision: expectedVersion, open: false },
        data: { open: true, openedAt: tx.now, openedFor: hazard, revision: expectedVersion + 1 },
      });
      if (!shelter) throw changed();
      const { communityCode, capacity, accessible } = shelter;
      const data = { shelterId: id, communityCode, hazard, capacity, accessible };
      await tx.emit({ type: 'ShelterOpened', key: id, data });
      return { shelter };
    },
  }),

  closeShelter: mutation({
    name: 'closeShelter',
    input: z.strictObject({ id, expectedVersion: version }),
    async run({ id, expectedVersion }, tx: Writing) {
      const seen = await shelterOf(tx, id);
      if (!seen.open) throw refuse(['id'], 'WRONG_STATE', '避难场所没有开放。');
      if (seen.revision !== expectedVersion) throw changed();
      const [shelter] = await tx.all.emergencyShelter.updateManyAndReturn({
        where: { id, revision: expectedVersion, open: true, occupants: 0 },
        data: { open: false, openedFor: null, revision: expectedVersion + 1 },
      });
      if (!shelter) {
        const { occupants } = await tx.all.emergencyShelter.findUniqueOrThrow({ where: { id } });
        if (occupants === 0) throw changed();
        throw refuse(['id'], 'WRONG_STATE', `尚有 ${occupants} 人在避难场所内，全部离开后方可关闭。`);
      }
      await tx.emit({ type: 'ShelterClosed', key: id, data: { shelterId: id, communityCode: shelter.communityCode } });
      return { shelter };
    },
  }),

  recordShelterOccupancy: mutation({
    name: 'recordShelterOccupancy',
    input: z.strictObject({
      id,
      change: z
        .int()
        .min(-mostAtOnce, { error: `一次至多 ${mostAtOnce} 人。` })
        .max(mostAtOnce, { error: `一次至多 ${mostAtOnce} 人。` })
        .refine((change) => change !== 0, { error: '人数没有变化，请填写进入或离开的人数。' }),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ id, change }, tx: Writing) {
      await shelterOf(tx, id);
      const done = await changeOccupants(tx, id, change);
      const shelter = await tx.all.emergencyShelter.findUniqueOrThrow({ where: { id } });
      if (done) return { shelter };
      const { open, occupants, capacity } = shelter;
      if (!open) throw refuse(['id'], 'WRONG_STATE', '避难场所没有开放，请先开放。');
      if (change < 0) throw refuse(['change'], 'INVALID', `现有 ${occupants} 人，离开的人数不能更多。`);
      throw refuse(['change'], 'FULL', `尚可容纳 ${capacity - occupants} 人，请引导到其他避难场所。`);
    },
    made: ({ shelter }) => shelter.id,
    again: async (id, tx) => ({ shelter: await tx.all.emergencyShelter.findUniqueOrThrow({ where: { id } }) }),
  }),
};
