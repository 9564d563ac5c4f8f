import { referenceDate, type SyntheticHousehold, type SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, randomFor, type Random } from '@linli/kit/population/random';
import type { SchoolPlacementState } from '../generated/graphql.js';
import { addDays, ageOn } from './days.js';
import type { SchoolFinder } from './school-map.js';

export interface PlacedPlacement {
  id: string;
  residentId: string;
  schoolId: string;
  grade: number;
  state: SchoolPlacementState;
  since: string;
}

/** Children start school in the September after their sixth birthday (义务教育法, article 11). */
const entryAge = 6;
const lastGrade = 9;
const firstMiddleGrade = 7;
/** Share of children from elsewhere who are still looking for a place; made up. */
const newcomerShare = 0.05;

/** The school year of a date begins on the last 1 September up to it. */
function schoolYear(date: string): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= '09-01' ? year : year - 1;
}

const thisYear = schoolYear(referenceDate);

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
): Omit<PlacedPlacement, 'id' | 'residentId'> | null {
  const grade = ageOn(birthDate, `${thisYear}-09-01`) - entryAge + 1;
  if (grade < 0 || grade > lastGrade) return null;
  if (grade === 0) {
    const state = random.chance(0.5) ? 'ALLOCATED' : 'APPLIED';
    return { schoolId: find(community, 1).id, grade: 1, state, since: appliedOn(random) };
  }
  const school = find(community, grade);
  if (!demo && !localHukou && random.chance(newcomerShare)) {
    return { schoolId: school.id, grade, state: 'APPLIED', since: appliedOn(random) };
  }
  const changedForMiddle = grade >= firstMiddleGrade && find(community, 1).id !== school.id;
  const since = thisYear - (grade - (changedForMiddle ? firstMiddleGrade : 1));
  return { schoolId: school.id, grade, state: 'ENROLLED', since: `${since}-09-01` };
}

/** Where a household's children go to school, or will from next September. */
export function placementsOf(household: SyntheticHousehold, find: SchoolFinder, seed: number): PlacedPlacement[] {
  const { index, communityCode, members } = household;
  return members.flatMap((member, i) => {
    const placed = place(member, communityCode, find, randomFor(seed, 'placement', index, i), index === 0);
    return placed ? [{ id: opaqueId('p', index, i), residentId: member.id, ...placed }] : [];
  });
}
