import { minorUntil } from '@linli/kit/minor';
import { referenceDate, type SyntheticHousehold, type SyntheticResident } from '@linli/kit/population/households';
import { randomFor } from '@linli/kit/population/random';
import { familyDoctorOf, staffId } from '@linli/kit/population/staff';
import type { BloodType, ChronicCondition, MentalHealthReferralState, MentalHealthRisk } from '../generated/graphql.js';
import { appointmentOf, type SeededAppointment } from './appointments.js';
import type { Clinic } from './clinics.js';
import { allergiesOf, conditionsOf } from './conditions.js';
import { contractOf, type SeededContract } from './contracts.js';
import { daysAfter } from './days.js';
import { dosesOf, type Dose } from './vaccines.js';

/** Made-up shares of residents with a health record, with an appointment, and referred for their mental health. */
const recordShare = 0.9;
const appointmentShare = 0.08;
const referralShare = 0.01;
/** Of the appointments, those that were still to come on the reference date. */
const toComeShare = 0.4;

const bloodTypes: BloodType[] = ['A', 'A', 'A', 'B', 'B', 'B', 'O', 'O', 'O', 'O', 'AB'];
const risks: MentalHealthRisk[] = ['LOW', 'MEDIUM', 'MEDIUM', 'HIGH'];
const referralStates: MentalHealthReferralState[] = ['REFERRED', 'RECEIVED', 'RETURNED', 'CLOSED'];

/** In the demo family all have a record, a contract and an appointment; the spouse a referral, the elder a condition. */
const demoPatients: Readonly<Record<string, { referred?: boolean; chronic?: boolean }>> = {
  'demo-resident': {},
  'demo-spouse': { referred: true },
  'demo-child': {},
  'demo-toddler': {},
  'demo-elder': { chronic: true },
};

export interface SeededPatient {
  person: SyntheticResident;
  communityCode: string;
  demo: boolean;
  doctor: string | null;
  handlers: string[];
  minor: string | null;
  conditions: ChronicCondition[];
  record: { bloodType: BloodType | null; allergies: string[]; lastCheckupOn: string | null } | null;
  contract: SeededContract | null;
  doses: Dose[];
  appointment: SeededAppointment | null;
  referral: {
    risk: MentalHealthRisk;
    state: MentalHealthReferralState;
    referredOn: string;
    handlers: string[];
  } | null;
}

/**
 * What is known of one person; the same in every seed that asks, as all draws are made in one order from one stream.
 * @param number position in the household
 */
export function patientOf(household: SyntheticHousehold, number: number, clinic: Clinic, seed: number): SeededPatient {
  const { index, communityCode, members } = household;
  const person = members[number]!;
  const random = randomFor(seed, 'health', index, number);
  const marks = demoPatients[person.id];
  const demo = marks !== undefined;
  const conditions = conditionsOf(person.age, random);
  if (marks?.chronic && conditions.length === 0) conditions.push('HYPERTENSION');
  const health = { age: person.age, chronic: conditions.length > 0 };
  const doctor = familyDoctorOf(person, household);
  const hasRecord = random.chance(recordShare) || demo;
  const record = hasRecord
    ? {
        bloodType: random.chance(0.85) ? random.pick(bloodTypes) : null,
        allergies: allergiesOf(random),
        lastCheckupOn: random.chance(0.6) ? daysAfter(referenceDate, -random.int(1, 700)) : null,
      }
    : null;
  const contract = doctor === null ? null : contractOf(health, doctor, demo, seed, random);
  const doses = dosesOf(person, referenceDate, demo, random);
  const hasAppointment = random.chance(appointmentShare) || demo;
  const appointment = hasAppointment ? appointmentOf(health, clinic, demo || random.chance(toComeShare), random) : null;
  const referred = (person.age >= 12 && random.chance(referralShare)) || marks?.referred;
  const referral = referred
    ? {
        risk: random.pick(risks),
        state: random.pick(referralStates),
        referredOn: daysAfter(referenceDate, -random.int(1, 300)),
        // A referral is always in somebody's hands: without a contract, in those of the community's first doctor.
        handlers: [doctor ?? staffId('family-doctor', communityCode)],
      }
    : null;
  return {
    person,
    communityCode,
    demo,
    doctor,
    handlers: doctor === null ? [] : [doctor],
    minor: minorUntil(person),
    conditions,
    record,
    contract,
    doses,
    appointment,
    referral,
  };
}
