import { describe, expect, test } from '@jest/globals';
import { households, type SyntheticHousehold } from '../../src/population/households.js';
import { schoolGrade } from '../../src/population/school-grade.js';
import {
  communityWorkerOf,
  communityWorkerOfCase,
  familyDoctorOf,
  gridWorkerOf,
  handlersOf,
  policeHandlerOf,
  propertyManagerOf,
  propertyProjectOf,
  socialWorkerOf,
  teacherOf,
} from '../../src/population/staff.js';

const homes = [...households({ residents: 20_000, seed: 1 })];
const family = homes[0]!;
const member = (id: string) => family.members.find((person) => person.id === id)!;
const everybody = homes.flatMap((home) => home.members.map((person) => ({ person, home })));

describe('who handles whom', () => {
  test('the demo family is handled by the demo staff, under every seed', () => {
    for (const seed of [1, 2, 20221219]) {
      const [home] = [...households({ residents: 5, seed })] as [SyntheticHousehold];
      const handlers = Object.fromEntries(home.members.map((person) => [person.id, handlersOf(person, home)]));
      expect(handlers).toEqual({
        'demo-resident': ['demo-family-doctor', 'demo-property-manager'],
        'demo-spouse': ['demo-family-doctor', 'demo-property-manager'],
        'demo-child': ['demo-family-doctor', 'demo-teacher'],
        'demo-toddler': ['demo-family-doctor'],
        'demo-elder': [
          'demo-social-worker',
          'demo-family-doctor',
          'demo-grid-worker',
          'demo-community-worker',
          'demo-property-manager',
        ],
      });
    }
    expect(communityWorkerOfCase(family.communityCode, family.id)).toBe('demo-community-worker');
    expect(policeHandlerOf(family.communityCode, member('demo-spouse').id)).toBe('demo-community-police');
  });

  test('staff work where the people are whom they handle', () => {
    const place = (staff: string) => /^\D+?-(\d+)/.exec(staff)?.[1];
    const elsewhere = everybody.flatMap(({ person, home }) =>
      handlersOf(person, home).filter(
        (staff) => !staff.startsWith('demo-') && !home.buildingCode.startsWith(place(staff)!),
      ),
    );
    expect(elsewhere).toEqual([]);
    expect(propertyManagerOf(propertyProjectOf(`4403030010020100011`))).toBe('property-manager-project-440303001002-2');
  });

  test('some people have each kind of staff, most have no social worker', () => {
    const share = (staffOf: typeof teacherOf) =>
      everybody.filter(({ person, home }) => staffOf(person, home) !== null).length / everybody.length;
    expect(share(socialWorkerOf)).toBeGreaterThan(0.02);
    expect(share(socialWorkerOf)).toBeLessThan(0.1);
    for (const staffOf of [familyDoctorOf, teacherOf, gridWorkerOf, communityWorkerOf]) {
      expect(share(staffOf)).toBeGreaterThan(0.03);
      expect(share(staffOf)).toBeLessThan(0.6);
    }
  });

  test('a household has one family doctor, and doctors share the households of a community', () => {
    for (const home of homes) {
      const doctors = home.members.map((person) => familyDoctorOf(person, home)).filter((doctor) => doctor !== null);
      expect(new Set(doctors).size).toBeLessThan(2);
    }
    const here = homes.filter(({ communityCode }) => communityCode === family.communityCode);
    const doctors = here.flatMap((home) => home.members.map((person) => familyDoctorOf(person, home)));
    expect(new Set(doctors.filter((doctor) => doctor !== null))).toEqual(
      new Set(['demo-family-doctor', `family-doctor-${family.communityCode}-2`]),
    );
  });
});

describe('the grade of a child', () => {
  test('begins in the September after the sixth birthday and ends with the ninth', () => {
    expect(schoolGrade('2018-09-01')).toBe(1);
    expect(schoolGrade('2018-09-02')).toBe(0);
    expect(schoolGrade('2019-09-02')).toBeNull();
    expect(schoolGrade('2010-09-01')).toBe(9);
    expect(schoolGrade('2009-09-01')).toBeNull();
  });
});
