import { hash32 } from '@linli/kit/population/random';
import type { SchoolStage } from '../generated/graphql.js';
import { streetOf } from '../street.js';
import { sites } from './sites.js';

export interface PlacedSchool {
  id: string;
  name: string;
  stage: SchoolStage;
  communityCode: string;
}

/** The school in the second, third, … community of a street, repeating; the first has one of nine grades. */
const pattern: (SchoolStage | null)[] = ['PRIMARY', null, 'MIDDLE', 'PRIMARY', null];

const titles: Record<SchoolStage, string> = { PRIMARY: '小学', MIDDLE: '初级中学', NINE_YEAR: '九年一贯制学校' };

/** The last grade of primary school. */
const lastPrimaryGrade = 6;

/** Every school of the city. Made up: a street's first community has all nine grades, so no child has to leave it. */
export function* placedSchools(): Generator<PlacedSchool> {
  for (const { community, position } of sites()) {
    const stage = position === 0 ? 'NINE_YEAR' : pattern[(position - 1) % pattern.length]!;
    if (stage === null) continue;
    const { code, name } = community;
    yield { id: `school-${code}-1`, name: `${name}${titles[stage]}`, stage, communityCode: code };
  }
}

function teaches(stage: SchoolStage, primary: boolean): boolean {
  return stage === 'NINE_YEAR' || (stage === 'PRIMARY') === primary;
}

/** The school that takes a community's children in a grade (1 to 9). */
export type SchoolFinder = (communityCode: string, grade: number) => PlacedSchool;

/** Catchment areas: a community's own school where it teaches the grade, else always the same one of its street. */
export function schoolFinder(): SchoolFinder {
  const byStreet = new Map<string, PlacedSchool[]>();
  for (const school of placedSchools()) {
    const street = streetOf(school.communityCode);
    byStreet.set(street, [...(byStreet.get(street) ?? []), school]);
  }
  const catchments = new Map<string, { primary: PlacedSchool; middle: PlacedSchool }>();
  for (const { community } of sites()) {
    const schools = byStreet.get(streetOf(community.code))!;
    const find = (primary: boolean) => {
      const fitting = schools.filter(({ stage }) => teaches(stage, primary));
      const own = fitting.find(({ communityCode }) => communityCode === community.code);
      return own ?? fitting[hash32('catchment', community.code) % fitting.length]!;
    };
    catchments.set(community.code, { primary: find(true), middle: find(false) });
  }
  return (communityCode, grade) => catchments.get(communityCode)![grade <= lastPrimaryGrade ? 'primary' : 'middle'];
}
