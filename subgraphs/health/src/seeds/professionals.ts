import { unassignedRegion } from '@linli/kit/identifiers/synthetic';
import { referenceDate } from '@linli/kit/population/households';
import { householdSurname, personName } from '@linli/kit/population/names';
import { demoCommunity } from '@linli/kit/population/places';
import { randomFor } from '@linli/kit/population/random';
import type { MentalHealthProfession } from '../generated/graphql.js';
import type { Clinic } from './clinics.js';
import { daysAfter, monthsAfter } from './days.js';

const professions: readonly MentalHealthProfession[] = ['COUNSELLOR', 'COUNSELLOR', 'PSYCHOTHERAPIST', 'SOCIAL_WORKER'];

export interface SeededProfessional {
  id: string;
  name: string;
  profession: MentalHealthProfession;
  certificateNo: string;
  facilityId: string;
  communityCode: string;
  certificateValidUntil: string;
  supervisedOn: string;
  supervisedUntil: string;
  educatedOn: string;
  educatedUntil: string;
}

/**
 * The talent pool by a made-up rule: two to each clinic with a counselling room. The supervision or education of one in six
 * had lapsed by the reference date; that of the others holds for years. In the demo community the first is in good standing
 * and the second is not.
 */
export function professionals(seed: number, clinics: readonly Clinic[]): SeededProfessional[] {
  let serial = 0;
  return clinics
    .filter(({ counsellingRoom }) => counsellingRoom)
    .flatMap(({ id: facilityId, communityCode }) =>
      [1, 2].map((number) => {
        const id = `mental-health-professional-${communityCode}-${number}`;
        const random = randomFor(seed, 'mental-health-professional', id);
        const drawn = random.chance(0.16);
        const lapsed = communityCode === demoCommunity ? number === 2 : drawn;
        const supervisedOn = daysAfter(referenceDate, -random.int(10, 300));
        const educatedOn = daysAfter(referenceDate, -random.int(10, 300));
        return {
          id,
          name: personName(random, householdSurname(random)),
          profession: random.pick(professions),
          certificateNo: `例心证${unassignedRegion}${String(++serial).padStart(6, '0')}`,
          facilityId,
          communityCode,
          certificateValidUntil: monthsAfter(referenceDate, random.int(60, 120)),
          supervisedOn,
          supervisedUntil: lapsed ? daysAfter(referenceDate, -1) : monthsAfter(supervisedOn, 60),
          educatedOn,
          educatedUntil: monthsAfter(educatedOn, 60),
        };
      }),
    );
}
