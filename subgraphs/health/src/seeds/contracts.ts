import { referenceDate } from '@linli/kit/population/households';
import { householdSurname, personName } from '@linli/kit/population/names';
import { randomFor, type Random } from '@linli/kit/population/random';
import type { FamilyDoctorPackage } from '../generated/graphql.js';
import { daysAfter, monthsAfter } from './days.js';

/** A doctor's name: the same id is the same person for every patient. */
export function doctorName(doctor: string, seed: number): string {
  const random = randomFor(seed, 'family-doctor', doctor);
  return personName(random, householdSurname(random));
}

function packageFor(age: number, chronic: boolean): FamilyDoctorPackage {
  return chronic ? 'CHRONIC' : age >= 65 ? 'ELDER' : age < 7 ? 'CHILD' : 'BASIC';
}

export interface SeededContract {
  /** The doctor's name. */
  doctor: string;
  package: FamilyDoctorPackage;
  signedOn: string;
  expiresOn: string;
}

/**
 * A contract for one to three years, signed in the two years before the reference date; some have run out by then. The
 * demo family's are of the month before and for three years.
 * @param doctor id of the family doctor
 */
export function contractOf(
  person: { age: number; chronic: boolean },
  doctor: string,
  demo: boolean,
  seed: number,
  random: Random,
): SeededContract {
  const signedOn = daysAfter(referenceDate, -random.int(0, demo ? 30 : 730));
  const years = demo ? 3 : random.int(1, 3);
  return {
    doctor: doctorName(doctor, seed),
    package: packageFor(person.age, person.chronic),
    signedOn,
    expiresOn: daysAfter(monthsAfter(signedOn, 12 * years), -1),
  };
}
