import { randomUUID } from 'node:crypto';
import { count, id, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Database } from '../database.js';
import type { Resolvers, Weekday } from '../generated/graphql.js';
import { communityTeacher } from '../posts.js';
import { mostSlots } from '../slots.js';
import { notFound, requireVersion, stale } from './checks.js';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: '时刻应写作 18:30 的样子。' });

const newSlot = z
  .strictObject({
    weekday: z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']),
    startsAt: time,
    endsAt: time,
    bookings: count(1, 100),
    feeCents: count(0, 1_000_000),
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, { path: ['endsAt'], error: '结束时刻应晚于开始时刻。' });

interface Times {
  weekday: Weekday;
  startsAt: string;
  endsAt: string;
}

function overlap(a: Times, b: Times): boolean {
  return a.weekday === b.weekday && a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/** The times of a week at which a venue is open. */
export const venueSlotMutations: Resolvers['Mutation'] = {
  openVenueSlots: mutation({
    name: 'openVenueSlots',
    input: z.strictObject({
      venueId: id,
      slots: z
        .array(newSlot)
        .min(1, { error: '请填写至少一个时段。' })
        .max(mostSlots, {
          error: `一处场地至多 ${mostSlots} 个时段。`,
        }),
    }),
    async run({ venueId, slots }, tx: WriteContext<Database>) {
      const venue = await tx.all.sharedVenue.findUnique({ where: { id: venueId } });
      if (!venue) throw notFound('venueId', '处场地');
      const { communityCode } = venue;
      tx.requireRelation(['venueId'], { community: communityCode, assigned: communityTeacher(communityCode) });
      await tx.lock(`slots of ${venueId}`);
      const there: Times[] = await tx.all.venueSlot.findMany({ where: { venueId } });
      if (there.length + slots.length > mostSlots) {
        throw refuse(['slots'], 'TOO_MANY', `一处场地至多 ${mostSlots} 个时段，现有 ${there.length} 个。`);
      }
      for (const [i, slot] of slots.entries()) {
        if ([...there, ...slots.slice(0, i)].some((other) => overlap(slot, other))) {
          throw refuse(['slots', String(i)], 'DUPLICATE', '时段与已有的时段重叠，请调整时刻。');
        }
      }
      await tx.all.venueSlot.createMany({
        data: slots.map((slot) => ({ ...slot, id: `slot-${randomUUID()}`, venueId })),
      });
      await tx.emit({
        type: 'VenueSlotsChanged',
        key: venueId,
        data: { venueId, communityCode, opened: slots.length },
      });
      return { venue };
    },
  }),

  closeVenueSlot: mutation({
    name: 'closeVenueSlot',
    input: z.strictObject({ slotId: id, closed: z.boolean(), expectedVersion: version }),
    async run({ slotId, closed, expectedVersion }, tx: WriteContext<Database>) {
      const before = await tx.all.venueSlot.findUnique({ where: { id: slotId } });
      const venue = before && (await tx.all.sharedVenue.findUnique({ where: { id: before.venueId } }));
      if (!venue) throw notFound('slotId', '个时段');
      const { id: venueId, communityCode } = venue;
      tx.requireRelation(['slotId'], { community: communityCode, assigned: communityTeacher(communityCode) });
      requireVersion(before, expectedVersion);
      const [slot] = await tx.all.venueSlot.updateManyAndReturn({
        where: { id: slotId, version: expectedVersion },
        data: { closed, version: { increment: 1 } },
      });
      if (!slot) throw stale();
      await tx.emit({ type: 'VenueSlotsChanged', key: venueId, data: { venueId, communityCode, slotId, closed } });
      return { slot };
    },
  }),
};
