import { referenceDate } from '@linli/kit/population/households';
import { householdSurname, personName } from '@linli/kit/population/names';
import { randomFor, type Random } from '@linli/kit/population/random';
import type { FamilyDoctorPackage } from '../generated/graphql.js';
import type { Clinic } from './clinics.js';
import { daysAfter, monthsAfter } from './days.js';

export interface Doctor {
  id: string;
  name: string;
}

/** One of a clinic's general practitioners, by number from 1: the same number is the same person for every patient. */
function doctorOf(clinic: Clinic, number: number, seed: number): Doctor {
  const random = randomFor(seed, 'family-doctor', clinic.id, number);
  return { id: `family-doctor-${clinic.communityCode}-${number}`, name: personName(random, householdSurname(random)) };
}

/** Made-up share of people with a contract; the groups that the service is meant for first have more. */
export function contractShare(age: number, chronic: boolean): number {
  return chronic ? 0.8 : age >= 65 || age < 7 ? 0.7 : 0.3;
}

function packageFor(age: number, chronic: boolean): FamilyDoctorPackage {
  return chronic ? 'CHRONIC' : age >= 65 ? 'ELDER' : age < 7 ? 'CHILD' : 'BASIC';
}

export interface SeededContract {
  doctor: Doctor;
  package: FamilyDoctorPackage;
  signedOn: string;
  expiresOn: string;
}

/**
 * A contract for one to three years, signed in the two years before the reference date; some have run out by then. The
 * demo family's are of the month before and for three years, all with the same doctor.
 */
export function contractOf(
  person: { age: number; chronic: boolean },
  clinic: Clinic,
  demo: boolean,
  seed: number,
  random: Random,
): SeededContract {
  const signedOn = daysAfter(referenceDate, -random.int(0, demo ? 30 : 730));
  const years = demo ? 3 : random.int(1, 3);
  return {
    doctor: doctorOf(clinic, demo ? 1 : random.int(1, clinic.generalPractitioners), seed),
    package: packageFor(person.age, person.chronic),
    signedOn,
    expiresOn: daysAfter(monthsAfter(signedOn, 12 * years), -1),
  };
}
