import { geography } from '@linli/schema/geography';
import { syntheticIdNumber, syntheticPhone } from '../identifiers/synthetic.js';
import { householdSurname, personName } from './names.js';
import { buildingCode, communityAt, communityLayouts, demoCommunity, unitCode } from './places.js';
import { hash32, opaqueId, randomFor, type Random } from './random.js';

export type Sex = 'MALE' | 'FEMALE';
export type HouseholdRole = 'HEAD' | 'SPOUSE' | 'CHILD' | 'PARENT';
export type Tenure = 'OWNED' | 'RENTED' | 'PUBLIC_RENTAL';

export interface SyntheticResident {
  id: string;
  name: string;
  sex: Sex;
  /** YYYY-MM-DD */
  birthDate: string;
  /** Whole years on the reference date. */
  age: number;
  /** Valid check character, unassigned region: never a living person's. */
  idNumber: string;
  /** Null for children under 12. */
  phone: string | null;
  role: HouseholdRole;
  /** True where the person is registered in Shenzhen (户籍); false where a residence permit is needed. */
  localHukou: boolean;
  mobilityImpaired: boolean;
}

export interface SyntheticHousehold {
  /** Position in the stream, from 0; the base for each department's own draws. */
  index: number;
  id: string;
  communityCode: string;
  buildingCode: string;
  unitCode: string;
  tenure: Tenure;
  /** Head first. */
  members: SyntheticResident[];
}

export interface PopulationOptions {
  residents: number;
  seed: number;
}

/** The day of the made-up city, so that the same seed makes the same people next year; since then they have grown older. */
export const referenceDate = '2025-06-30';

interface Person {
  role: HouseholdRole;
  age: number;
  id?: string;
}

/** The family of the demo users: ids and ages on the reference date are fixed, whatever the seed. */
const demoFamily: Person[] = [
  { role: 'HEAD', age: 38, id: 'demo-resident' },
  { role: 'SPOUSE', age: 36, id: 'demo-spouse' },
  { role: 'CHILD', age: 9, id: 'demo-child' },
  { role: 'CHILD', age: 2, id: 'demo-toddler' },
  { role: 'PARENT', age: 78, id: 'demo-elder' },
];

/** Who lives together. Shares are made up, near a young city's: a third live alone, one in seven has three generations. */
function composition(random: Random): Person[] {
  const draw = random.int(0, 99);
  if (draw < 28) return [{ role: 'HEAD', age: random.int(20, 45) }];
  if (draw < 34) return [{ role: 'HEAD', age: random.int(62, 92) }];
  const age = random.int(24, 58);
  const people: Person[] = [
    { role: 'HEAD', age },
    { role: 'SPOUSE', age: Math.max(22, age + random.int(-4, 4)) },
  ];
  if (draw < 50) return people;
  const children = random.int(1, age < 30 ? 1 : 2);
  for (let i = 0; i < children; i++) {
    people.push({ role: 'CHILD', age: random.int(Math.max(0, age - 36), Math.max(0, Math.min(24, age - 23))) });
  }
  if (draw >= 86) {
    const parents = random.int(1, 2);
    for (let i = 0; i < parents; i++) people.push({ role: 'PARENT', age: Math.min(95, age + random.int(23, 32)) });
  }
  return people;
}

/** A birth date that makes the person `age` on the reference date. */
function birthDate(age: number, random: Random): string {
  const day = new Date(`${referenceDate}T00:00:00Z`);
  day.setUTCFullYear(day.getUTCFullYear() - age);
  day.setUTCDate(day.getUTCDate() - random.int(0, 364));
  return day.toISOString().slice(0, 10);
}

/** One seed of 2³² differs from the next in every draw; ids do not depend on it, so that links survive a new seed. */
function resident(person: Person, index: number, member: number, surname: string, random: Random): SyntheticResident {
  const male =
    person.role === 'SPOUSE' ? index % 2 === 1 : person.role === 'HEAD' ? index % 2 === 0 : random.chance(0.5);
  const born = birthDate(person.age, random);
  const ownSurname = person.role === 'SPOUSE' || person.role === 'PARENT' ? householdSurname(random) : surname;
  return {
    id: person.id ?? opaqueId('r', index, member),
    name: personName(random, ownSurname),
    sex: male ? 'MALE' : 'FEMALE',
    birthDate: born,
    age: person.age,
    idNumber: syntheticIdNumber(born, random.int(0, 499) * 2 + (male ? 1 : 0)),
    phone: person.age < 12 ? null : syntheticPhone(hash32('phone', index, member)),
    role: person.role,
    localHukou: random.chance(0.35),
    mobilityImpaired: random.chance(person.age >= 75 ? 0.18 : person.age >= 60 ? 0.06 : 0.012),
  };
}

/** The demo household's home is fixed; the next 822 settle one in each community, so that none is empty; then at random. */
function homeOf(index: number, random: Random): string {
  if (index === 0) return demoCommunity;
  return geography.communities[index - 1]?.code ?? communityAt(random.int(0, 0xfffffff) / 0x10000000);
}

/**
 * The city's synthetic people as a stream of households, `residents` people in all (the last household is cut to fit).
 * The same options give the same stream in every department, so that departments agree without speaking to each other.
 * Memory stays flat: one household at a time, and a counter per community.
 */
export function* households({ residents, seed }: PopulationOptions): Generator<SyntheticHousehold> {
  const layouts = communityLayouts(residents);
  const settled = new Map<string, number>();
  let left = residents;
  for (let index = 0; left > 0; index++) {
    const random = randomFor(seed, 'household', index);
    const communityCode = homeOf(index, random);
    const layout = layouts.get(communityCode)!;
    const before = settled.get(communityCode) ?? 0;
    settled.set(communityCode, before + 1);
    const building = buildingCode(communityCode, (before % layout.buildings) + 1);
    const slot = Math.floor(before / layout.buildings);
    const unit = unitCode(building, Math.floor(slot / layout.doorsPerFloor) + 1, (slot % layout.doorsPerFloor) + 1);
    const surname = householdSurname(random);
    const people = (index === 0 ? demoFamily : composition(random)).slice(0, left);
    left -= people.length;
    yield {
      index,
      id: index === 0 ? 'demo-household' : opaqueId('h', index),
      communityCode,
      buildingCode: building,
      unitCode: unit,
      tenure: index === 0 ? 'RENTED' : random.chance(0.25) ? 'OWNED' : random.chance(0.12) ? 'PUBLIC_RENTAL' : 'RENTED',
      members: people.map((person, member) => resident(person, index, member, surname, random)),
    };
  }
}
