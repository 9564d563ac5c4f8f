import { describe, expect, test } from '@jest/globals';
import { geography } from '@linli/schema/geography';
import { plan } from '@linli/schema/plan';
import { isResidentIdNumber } from '../../src/identifiers/resident-id-number.js';
import { facilitiesOf, facilityKinds, type FacilityKind } from '../../src/population/facilities.js';
import { households } from '../../src/population/households.js';
import { demoCommunity } from '../../src/population/places.js';

const all = [...households({ residents: 20_000, seed: 1 })];
const people = all.flatMap((household) => household.members);

describe('synthetic people', () => {
  test('there are as many as asked for, even where the last household must be cut', () => {
    for (const residents of [5, 6, 1234]) {
      const count = [...households({ residents, seed: 9 })].reduce((sum, { members }) => sum + members.length, 0);
      expect(count).toBe(residents);
    }
  });

  test('the same seed gives the same people, another seed others with the same ids', () => {
    expect([...households({ residents: 300, seed: 1 })]).toEqual([...households({ residents: 300, seed: 1 })]);
    const [a, b] = [1, 2].map((seed) => [...households({ residents: 300, seed })][1]!);
    expect(a!.id).toBe(b!.id);
    expect(a!.members[0]!.name + a!.members[0]!.birthDate).not.toBe(b!.members[0]!.name + b!.members[0]!.birthDate);
  });

  test('ids are unique and hold nothing of the ID number', () => {
    expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { id, idNumber } of people.slice(0, 500)) expect(id).not.toContain(idNumber.slice(6, 14));
  });

  test('every name shows that it is an example, every ID number is valid and of its birth date', () => {
    for (const { name, idNumber, birthDate } of people) {
      expect(name).toMatch(/例|Example/);
      expect(isResidentIdNumber(idNumber)).toBe(true);
      expect(idNumber.slice(6, 14)).toBe(birthDate.replaceAll('-', ''));
    }
  });

  test('rare characters, minority names and Latin names occur', () => {
    const names = people.map(({ name }) => name);
    expect(names.some((name) => name.length !== [...name].length)).toBe(true);
    expect(names.some((name) => name.includes('·'))).toBe(true);
    expect(names.some((name) => /^[A-Z]/.test(name))).toBe(true);
  });

  test('every community has people, no dwelling holds two households', () => {
    expect(new Set(all.map(({ communityCode }) => communityCode)).size).toBe(822);
    expect(new Set(all.map(({ unitCode }) => unitCode)).size).toBe(all.length);
    for (const { unitCode, buildingCode, communityCode } of all) {
      expect(unitCode).toHaveLength(25);
      expect(unitCode.startsWith(buildingCode)).toBe(true);
      expect(buildingCode.startsWith(communityCode)).toBe(true);
    }
  });

  test('the demo family lives where documentation says, with fixed ids and the ages of the reference date', () => {
    expect(all[0]).toMatchObject({ id: 'demo-household', communityCode: demoCommunity });
    expect(all[0]!.members.map(({ id, age }) => [id, age])).toEqual([
      ['demo-resident', 38],
      ['demo-spouse', 36],
      ['demo-child', 9],
      ['demo-toddler', 2],
      ['demo-elder', 78],
    ]);
  });
});

describe('facilities', () => {
  test.each(Object.keys(facilityKinds) as FacilityKind[])('kind %s is as numerous as its fact in the plan', (kind) => {
    const placed = [...facilitiesOf(kind)];
    expect(placed).toHaveLength(plan.facts.find(({ id }) => id === facilityKinds[kind].fact)!.value);
    expect(new Set(placed.map(({ id }) => id)).size).toBe(placed.length);
  });

  test.each(Object.keys(facilityKinds) as FacilityKind[])("the demo family's community has one of kind %s", (kind) => {
    expect([...facilitiesOf(kind)][0]!.community.code).toBe(demoCommunity);
  });

  test('spreading is even: no community has two more than another', () => {
    for (const kind of Object.keys(facilityKinds) as FacilityKind[]) {
      const counts = new Map(geography.communities.map(({ code }) => [code, 0]));
      for (const { community } of facilitiesOf(kind)) counts.set(community.code, counts.get(community.code)! + 1);
      expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
    }
  });
});
