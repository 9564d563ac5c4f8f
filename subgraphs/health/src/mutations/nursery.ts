import { randomUUID } from 'node:crypto';
import { count, day, id, idempotencyKey, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { NurseryAgeGroup, Resolvers } from '../generated/graphql.js';
import type { HealthRecord, Nursery } from '../generated/prisma/client.js';
import { modesOf } from '../nursery-modes.js';
import { dayOf, plusDays, plusMonths } from '../today.js';
import { birthDateOf, recordOf } from './patient.js';
import { missing, stale, updated, type Tx } from './transaction.js';

/** Days ahead for which a place can be taken; a default of this hub. */
const daysAhead = 90;

const alreadyIn = refuse(['residentId'], 'DUPLICATE', '已经在托，一人同时只占一个托位；请先退托。');

function ageGroupOn(startsOn: Date, record: HealthRecord): NurseryAgeGroup {
  const born = birthDateOf(record);
  if (!born || plusMonths(born, 36) <= startsOn) {
    throw refuse(['residentId'], 'INVALID', '托育机构收托不满三周岁的婴幼儿，入托当日已满三周岁。');
  }
  return startsOn < plusMonths(born, 24) ? 'UNDER_2' : 'FROM_2_TO_3';
}

async function tellPlaces(tx: Tx, { id: nurseryId, communityCode, places, availablePlaces }: Nursery): Promise<void> {
  const data = { nurseryId, communityCode, places, availablePlaces };
  await tx.emit({ type: 'NurseryPlacesChanged', key: nurseryId, data });
}

/** Takes a place, or gives one back, and tells how many are left. False where there is none. */
async function movePlace(tx: Tx, nurseryId: string, by: -1 | 1): Promise<boolean> {
  const { fields } = tx.all.nursery;
  const [nursery] = await tx.all.nursery.updateManyAndReturn({
    where: { id: nurseryId, availablePlaces: by < 0 ? { gt: 0 } : { lt: fields.places } },
    data: { availablePlaces: { increment: by } },
  });
  if (nursery) await tellPlaces(tx, nursery);
  return nursery !== undefined;
}

/** Places in nurseries: every child that is enrolled takes one, and there are never more than places. */
export const nurseryMutations: Resolvers['Mutation'] = {
  enrolInNursery: mutation({
    name: 'enrolInNursery',
    input: z.strictObject({
      residentId: id,
      nurseryId: id,
      mode: z.enum(['FULL_DAY', 'HALF_DAY', 'HOURLY', 'TEMPORARY']),
      startsOn: day,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: alreadyIn,
    async run({ residentId, nurseryId, mode, startsOn }, tx: Tx) {
      const record = await recordOf(tx, residentId);
      const nursery = await tx.all.nursery.findUnique({ where: { id: nurseryId } });
      if (!nursery) throw refuse(['nurseryId'], 'NOT_FOUND', '没有这家托育机构，请重新选择。');
      if (!nursery.licensed) throw refuse(['nurseryId'], 'NOT_ALLOWED', '这家托育机构尚未备案，请选择已备案的机构。');
      const today = dayOf(tx.now);
      if (startsOn < today || startsOn > plusDays(today, daysAhead)) {
        throw refuse(['startsOn'], 'INVALID', `入托日期应在今日起 ${daysAhead} 天之内。`);
      }
      if (!modesOf(nursery).includes(mode)) {
        throw refuse(['mode'], 'INVALID', '这家托育机构不提供这种托育方式，请重新选择。');
      }
      const ageGroup = ageGroupOn(startsOn, record);
      if (!nursery.ageGroups.includes(ageGroup)) {
        throw refuse(['nurseryId'], 'INVALID', '这家托育机构不收托这一年龄段，请选择其他机构。');
      }
      if (!(await movePlace(tx, nurseryId, -1))) {
        throw refuse(['nurseryId'], 'FULL', '这家托育机构已没有余位，请选择其他机构。');
      }
      const { communityCode, minorUntil } = record;
      const enrolment = await tx.all.nurseryEnrolment.create({
        data: {
          id: randomUUID(),
          residentId,
          enrolledId: residentId,
          nurseryId,
          mode,
          ageGroup,
          startsOn,
          state: 'ENROLLED',
          communityCode,
          minorUntil,
        },
      });
      return { enrolment };
    },
    made: ({ enrolment }) => enrolment.id,
    again: async (made, tx) => ({
      enrolment: await tx.all.nurseryEnrolment.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
  withdrawFromNursery: mutation({
    name: 'withdrawFromNursery',
    input: z.strictObject({ id, expectedVersion: version }),
    async run({ id: wanted, expectedVersion }, tx: Tx) {
      const before = await tx.rows.nurseryEnrolment.findUnique({ where: { id: wanted } });
      if (!before) throw missing('id', '次入托');
      if (before.state !== 'ENROLLED') throw refuse(['id'], 'WRONG_STATE', '已经退托，只有在托的可以退托。');
      if (before.version !== expectedVersion) throw stale();
      const changed = await tx.rows.nurseryEnrolment.updateManyAndReturn({
        where: { id: wanted, version: expectedVersion },
        data: { state: 'WITHDRAWN', withdrawnOn: dayOf(tx.now), enrolledId: null, version: { increment: 1 } },
      });
      const enrolment = updated(changed);
      await movePlace(tx, enrolment.nurseryId, 1);
      return { enrolment };
    },
  }),
  changeNurseryPlaces: mutation({
    name: 'changeNurseryPlaces',
    input: z.strictObject({ nurseryId: id, places: count(1, 500), expectedVersion: version }),
    async run({ nurseryId, places, expectedVersion }, tx: Tx) {
      const before = await tx.all.nursery.findUnique({ where: { id: nurseryId } });
      if (!before) throw missing('nurseryId', '家托育机构');
      tx.requireRelation(['nurseryId'], { community: before.communityCode });
      if (before.version !== expectedVersion) throw stale();
      const more = places - before.places;
      const [nursery] = await tx.all.nursery.updateManyAndReturn({
        where: { id: nurseryId, version: expectedVersion, availablePlaces: { gte: -more } },
        data: { places, availablePlaces: { increment: more }, version: { increment: 1 } },
      });
      if (!nursery) {
        const now = await tx.all.nursery.findUniqueOrThrow({ where: { id: nurseryId } });
        if (now.version !== expectedVersion) throw stale();
        const taken = now.places - now.availablePlaces;
        throw refuse(['places'], 'INVALID', `已占用 ${taken} 个托位，托位不得少于此数。`);
      }
      await tellPlaces(tx, nursery);
      return { nursery };
    },
  }),
};
