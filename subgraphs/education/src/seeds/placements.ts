import { referenceDate, type SyntheticHousehold, type SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, randomFor, type Random } from '@linli/kit/population/random';
import { currentSchoolYear, schoolGrade } from '@linli/kit/population/school-grade';
import type { SchoolPlacementState } from '../generated/graphql.js';
import { addDays } from '../days.js';
import type { SchoolFinder } from './school-map.js';

export interface PlacedPlacement {
  id: string;
  resident: SyntheticResident;
  schoolId: string;
  grade: number;
  state: SchoolPlacementState;
  since: string;
}

const firstMiddleGrade = 7;
/** Share of children from elsewhere who are still looking for a place; made up. */
const newcomerShare = 0.05;

/** Applications of the spring before the reference date. */
function appliedOn(random: Random): string {
  return addDays(referenceDate, -random.int(20, 80));
}

function place(
  { birthDate, localHukou }: SyntheticResident,
  community: string,
  find: SchoolFinder,
  random: Random,
  demo: boolean,
): Omit<PlacedPlacement, 'id' | 'resident'> | null {
  const grade = schoolGrade(birthDate);
  if (grade === null) return null;
  if (grade === 0) {
    const state = random.chance(0.5) ? 'ALLOCATED' : 'APPLIED';
    return { schoolId: find(community, 1).id, grade: 1, state, since: appliedOn(random) };
  }
  const school = find(community, grade);
  if (!demo && !localHukou && random.chance(newcomerShare)) {
    return { schoolId: school.id, grade, state: 'APPLIED', since: appliedOn(random) };
  }
  const changedForMiddle = grade >= firstMiddleGrade && find(community, 1).id !== school.id;
  const since = currentSchoolYear - (grade - (changedForMiddle ? firstMiddleGrade : 1));
  return { schoolId: school.id, grade, state: 'ENROLLED', since: `${since}-09-01` };
}

/** Where a household's children go to school, or will from next September. */
export function placementsOf(household: SyntheticHousehold, find: SchoolFinder, seed: number): PlacedPlacement[] {
  const { index, communityCode, members } = household;
  return members.flatMap((member, i) => {
    const placed = place(member, communityCode, find, randomFor(seed, 'placement', index, i), index === 0);
    return placed ? [{ id: opaqueId('p', index, i), resident: member, ...placed }] : [];
  });
}
