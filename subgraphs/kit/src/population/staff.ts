import { streetOf } from '../identifiers/place-code.js';
import type { SyntheticHousehold, SyntheticResident } from './households.js';
import { demoCommunity, gridCode } from './places.js';
import { hash32 } from './random.js';
import { schoolGrade } from './school-grade.js';

/**
 * Who handles whom: staff ids (the claim `staff_id` of a member of staff), the same in every department because every
 * department asks here. An id names post, place and number, `social-worker-440303001-2`, and no person. Number 1 of the
 * demo family's community, street, grid cell and estate is the demo user of that post, `demo-social-worker`.
 */

/** Posts of staff who are assigned cases, by the name of their role. */
export type Post =
  | 'social-worker'
  | 'family-doctor'
  | 'teacher'
  | 'property-manager'
  | 'community-police'
  | 'grid-worker'
  | 'community-worker';

/** How many of a post share a place; made up. Of the others there is one to a place. */
const numbers: Partial<Record<Post, number>> = {
  'social-worker': 3,
  'family-doctor': 2,
  teacher: 3,
  'community-police': 2,
  'community-worker': 2,
};

/** Where the demo family is served: community, street, first grid cell, first estate. */
const demoPlaces = new Set([
  demoCommunity,
  streetOf(demoCommunity),
  gridCode(demoCommunity, 1),
  `project-${demoCommunity}-1`,
]);

/** The id of one of the staff of a post in a place. */
export function staffId(post: Post, place: string, number = 1): string {
  if (number === 1 && demoPlaces.has(place)) return `demo-${post}`;
  return numbers[post] ? `${post}-${place}-${number}` : `${post}-${place}`;
}

/** Which of a place's staff handles something, evenly by its key; the demo family's and its things are number 1's. */
function assigned(post: Post, place: string, key: string): string {
  return staffId(post, place, key.startsWith('demo-') ? 1 : (hash32(post, key) % numbers[post]!) + 1);
}

/** True for a made-up share of a thousand of keys, the same ones always. */
function among(share: number, word: string, key: string): boolean {
  return hash32(word, key) % 1000 < share;
}

/** Whether a resident gets social assistance (社会救助); made-up shares, and the demo family's elder. */
export function isAssisted({ id, age }: SyntheticResident): boolean {
  if (id.startsWith('demo-')) return id === 'demo-elder';
  return among(age >= 75 ? 250 : 30, 'assisted', id);
}

/** Whether a resident has a contract with a family doctor: more of the youngest and the old; all of the demo family. */
export function hasFamilyDoctor({ id, age }: SyntheticResident): boolean {
  return id.startsWith('demo-') || among(age >= 65 || age < 7 ? 720 : 320, 'family-doctor', id);
}

/** Whether somebody old is on the round of home visits by grid and community workers (重点人群走访). */
export function isVisited({ age }: SyntheticResident, { members }: SyntheticHousehold): boolean {
  return age >= 75 || (age >= 60 && members.length === 1);
}

/** The social worker of an assisted resident, see `socialWorkerOfCase`; null for everybody else. */
export function socialWorkerOf(person: SyntheticResident, { communityCode }: SyntheticHousehold): string | null {
  return isAssisted(person) ? socialWorkerOfCase(communityCode, person.id) : null;
}

/** The family doctor of a resident who has a contract. */
export function familyDoctorOf(person: SyntheticResident, home: SyntheticHousehold): string | null {
  return hasFamilyDoctor(person) ? assigned('family-doctor', home.communityCode, home.id) : null;
}

/** The class teacher of a child of school age: each teaches some grades of the children of one community. */
export function teacherOf({ id, birthDate }: SyntheticResident, { communityCode }: SyntheticHousehold): string | null {
  const grade = schoolGrade(birthDate);
  if (grade === null) return null;
  return id.startsWith('demo-')
    ? staffId('teacher', communityCode)
    : staffId('teacher', communityCode, (grade % numbers.teacher!) + 1);
}

/** The grid worker who visits somebody old; see `gridWorkerOfCell`. */
export function gridWorkerOf(person: SyntheticResident, home: SyntheticHousehold): string | null {
  return isVisited(person, home) ? gridWorkerOfCell(home.buildingCode.slice(0, 14)) : null;
}

/** The community worker who looks after somebody assisted or visited; see `communityWorkerOfCase`. */
export function communityWorkerOf(person: SyntheticResident, home: SyntheticHousehold): string | null {
  return isAssisted(person) || isVisited(person, home) ? communityWorkerOfCase(home.communityCode, home.id) : null;
}

/**
 * The community worker who handles a case, an appeal or the like.
 * @param key what the case hangs on, a household's or a resident's id
 */
export function communityWorkerOfCase(community: string, key: string): string {
  return assigned('community-worker', community, key);
}

/** The social worker who handles a case, of the street's station; `key` as above. */
export function socialWorkerOfCase(community: string, key: string): string {
  return assigned('social-worker', streetOf(community), key);
}

/** The worker of a grid cell (网格编码, 14 digits). */
export function gridWorkerOfCell(cell: string): string {
  return staffId('grid-worker', cell);
}

/** The police officer who handles a case; `key` as above. */
export function policeHandlerOf(community: string, key: string): string {
  return assigned('community-police', community, key);
}

/** The age, in years, up to which data about somebody are those of a child (个人信息保护法, article 31). */
const childhoodEnds = 14;

/** Buildings that make one property project; the first ten of a community are its first, and so on. */
export const buildingsPerProject = 10;

/** The property project (`project-440303001001-1`) that a building (楼栋编码, 19 digits) belongs to. */
export function propertyProjectOf(building: string): string {
  return `project-${building.slice(0, 12)}-${Math.ceil(Number(building.slice(14)) / buildingsPerProject)}`;
}

/** The manager of a property project. */
export function propertyManagerOf(project: string): string {
  return staffId('property-manager', project);
}

/**
 * All staff to whom a resident is assigned, for rows that are about a resident as such. What only one department knows
 * goes to its own staff alone: a health record to the family doctor, a placement to the teacher. A property manager has
 * no children assigned, so that not even a count tells them of one.
 */
export function handlersOf(person: SyntheticResident, home: SyntheticHousehold): string[] {
  return [
    socialWorkerOf(person, home),
    familyDoctorOf(person, home),
    teacherOf(person, home),
    gridWorkerOf(person, home),
    communityWorkerOf(person, home),
    person.age < childhoodEnds ? null : propertyManagerOf(propertyProjectOf(home.buildingCode)),
  ].filter((staff) => staff !== null);
}
