import { minorUntil } from '@linli/kit/minor';
import type { SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, randomFor, type Random } from '@linli/kit/population/random';
import { policeHandlerOf } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { RegistrationKind } from '../generated/graphql.js';
import { dayBefore } from './calendar.js';

/** Defaults of this synthetic register, none of them a rule of law or a published figure. */
const permitFromAge = 16;
const permitDays = 3 * 365;
const permitShare = 0.85;
const cancelledShare = 0.02;
const sameDistrictShare = 0.8;

/** The district's name by the nine digits of each street. */
function districtNames(): Map<string, string> {
  const names = new Map(geography.districts.map(({ id, name }) => [id, name]));
  return new Map(geography.streets.map(({ code, districtId }) => [code, names.get(districtId)!]));
}

/** The demo user's residence is registered and not the household (户籍), whatever the seed: the newcomer's example. */
export function kindOf({ id, localHukou }: SyntheticResident): RegistrationKind {
  return localHukou && id !== 'demo-resident' ? 'HUKOU' : 'RESIDENCE';
}

/** Days from registration to the reference date: never before birth, nor over twenty years. */
function registeredFor(age: number, random: Random): number {
  return random.int(0, Math.min(age, 20) * 365);
}

/** Everybody is registered once; adults of another household registration mostly hold a residence permit. */
export const registerSeed = defineSeed({
  name: 'register',
  tables: {
    population_registration: [
      'id',
      'kind',
      'id_number',
      'registered_on',
      'registered_place',
      'community_code',
      'resident_id',
      'handlers',
      'minor_until',
    ],
    residence_permit: [
      'no',
      'issued_on',
      'valid_until',
      'cancelled_on',
      'holder_id',
      'community_code',
      'handlers',
      'minor_until',
    ],
  },
  async run({ load, seed, households }) {
    const districtOf = districtNames();
    for (const { index, id, communityCode, members } of households()) {
      const random = randomFor(seed, 'registration', index);
      const handlers = [policeHandlerOf(communityCode, id)];
      const home = districtOf.get(communityCode.slice(0, 9))!;
      for (const [i, member] of members.entries()) {
        const kind = kindOf(member);
        const days = registeredFor(member.age, random);
        const elsewhere = kind === 'HUKOU' && !random.chance(sameDistrictShare);
        load.row('population_registration', [
          opaqueId('p', index, i),
          kind,
          member.idNumber,
          dayBefore(days),
          elsewhere ? random.pick(geography.districts).name : home,
          communityCode,
          member.id,
          handlers,
          minorUntil(member),
        ]);
        if (kind === 'HUKOU' || member.age < permitFromAge) continue;
        // The demo family always has one that is good, so that examples show something.
        const demo = index === 0;
        if (!demo && !random.chance(permitShare)) continue;
        const issued = random.int(0, Math.min(days, demo ? 90 : 4 * 365));
        const cancelled = !demo && random.chance(cancelledShare);
        load.row('residence_permit', [
          opaqueId('z', index, i),
          dayBefore(issued),
          dayBefore(issued - permitDays),
          cancelled ? dayBefore(random.int(0, issued)) : null,
          member.id,
          communityCode,
          handlers,
          minorUntil(member),
        ]);
      }
      await load.flushIfFull();
    }
  },
});
