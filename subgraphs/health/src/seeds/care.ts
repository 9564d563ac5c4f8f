import { referenceDate, type SyntheticHousehold } from '@linli/kit/population/households';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { staffId } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { MentalHealthRisk, MentalHealthScale } from '../generated/graphql.js';
import { careTables } from './care-tables.js';
import { clinicByCommunity, clinics } from './clinics.js';
import { doctorName } from './contracts.js';
import { daysAfter } from './days.js';
import { homeBedOf } from './home-beds.js';
import { nurseries } from './nurseries.js';
import { patientOf, type SeededPatient } from './patient.js';
import { programmesOf } from './programmes.js';
import { dueDosesOf } from './vaccines.js';

/** Most contracts of a family doctor, and how many doctors a community has; defaults of this hub. */
const doctorCapacity = 2000;
const doctorsPerCommunity = 2;

/** Made-up share of the children under three who are in their community's nursery, as far as places are taken. */
const enrolledShare = 0.3;

/** A score that each risk may have come from. */
const scores: Readonly<Record<MentalHealthRisk, number>> = { LOW: 6, MEDIUM: 12, HIGH: 18 };

/** The end of a key, so that what lies in order is in the order of its keys. */
const numbered = (parent: string, number: number) => `${parent}-${String(number).padStart(4, '0')}`;

/** Family doctors, and what they do for residents: programmes, beds at home, doses due, screenings, nursery places. */
export const careSeed = defineSeed({
  name: 'care',
  tables: careTables,
  async run({ load, seed, households }) {
    const clinicOf = clinicByCommunity(clinics(seed));
    const freeOfTaken = new Map(
      nurseries(seed).map((each) => [each.communityCode, { ...each, left: each.places - each.availablePlaces }]),
    );
    const signed = new Map<string, number>();

    const write = (household: SyntheticHousehold, number: number) => {
      const { index, communityCode } = household;
      const clinic = clinicOf.get(communityCode)!;
      const patient = patientOf(household, number, clinic, seed);
      const { person, doctor, handlers, minor, doses } = patient;
      const random = randomFor(seed, 'care', index, number);
      const scope = [communityCode, handlers, minor];
      if (doctor !== null) signed.set(doctor, (signed.get(doctor) ?? 0) + 1);

      for (const [i, each] of programmesOf(patient, random).entries()) {
        const id = opaqueId('p', index, number, i);
        const activeKey = [person.id, each.kind, each.condition ?? ''].join('/');
        load.row('care_programme', [
          id,
          person.id,
          each.kind,
          each.condition,
          clinic.id,
          'ACTIVE',
          each.startedOn,
          each.nextDueOn,
          each.expectedDeliveryOn,
          activeKey,
          ...scope,
        ]);
        for (const [n, done] of each.followUps.entries()) {
          load.row('follow_up', [
            numbered(id, n + 1),
            id,
            n + 1,
            done.doneOn,
            doctor,
            done.method,
            done.result,
            done.systolic,
            done.diastolic,
            done.heightCm,
            done.weightKg,
            done.gestationWeeks,
            '示例：按时随访，已告知注意事项。',
          ]);
        }
      }
      const bed = homeBedOf(patient, random);
      if (bed) {
        const id = opaqueId('b', index, number);
        load.row('home_bed', [
          id,
          person.id,
          bed.closedOn === null ? person.id : null,
          clinic.id,
          doctor,
          bed.reason,
          bed.visitEveryDays,
          bed.closedOn === null ? 'OPEN' : 'CLOSED',
          bed.openedOn,
          bed.nextVisitOn,
          bed.closedOn,
          bed.closedOn === null ? null : 'IMPROVED',
          ...scope,
        ]);
        for (const [n, visit] of bed.visits.entries()) {
          load.row('home_bed_visit', [
            numbered(id, n + 1),
            id,
            n + 1,
            visit.visitedAt,
            doctor,
            visit.systolic,
            visit.diastolic,
            '示例：上门查体，病情平稳。',
          ]);
        }
      }
      for (const [i, due] of dueDosesOf(person, doses).entries()) {
        const id = opaqueId('d', index, number, i);
        load.row('vaccination_due', [id, person.id, due.vaccine, due.dose, due.dueOn, clinic.id, ...scope]);
      }
      screening(household, number, patient, clinic.id);
      const nursery = freeOfTaken.get(communityCode);
      const ageGroup = person.age < 2 ? 'UNDER_2' : 'FROM_2_TO_3';
      const wanted =
        person.age < 3 && nursery !== undefined && nursery.left > 0 && nursery.ageGroups.includes(ageGroup);
      if (wanted && (patient.demo || random.chance(enrolledShare))) {
        nursery.left--;
        load.row('nursery_enrolment', [
          opaqueId('n', index, number),
          person.id,
          person.id,
          nursery.id,
          nursery.fullDay ? 'FULL_DAY' : 'HALF_DAY',
          ageGroup,
          daysAfter(referenceDate, -random.int(10, 90)),
          'ENROLLED',
          communityCode,
          minor,
        ]);
      }
    };

    const screening = (household: SyntheticHousehold, number: number, patient: SeededPatient, clinic: string) => {
      const { referral, person, communityCode, minor } = patient;
      if (!referral) return;
      const { index } = household;
      const scale: MentalHealthScale = person.age >= 65 ? 'GDS_15' : 'PHQ_9';
      load.row('mental_health_screening', [
        opaqueId('s', index, number),
        person.id,
        scale,
        scale === 'GDS_15' ? Math.round(scores[referral.risk] / 1.5) : scores[referral.risk],
        referral.risk,
        referral.referredOn,
        clinic,
        communityCode,
        referral.handlers,
        minor,
      ]);
      const id = opaqueId('m', index, number);
      load.row('mental_health_referral_step', [
        numbered(id, 1),
        id,
        1,
        'REFERRED',
        `${referral.referredOn}T02:00:00Z`,
        referral.handlers[0]!,
        '示例：经本人同意转介。',
      ]);
    };

    for (const household of households()) {
      for (const number of household.members.keys()) write(household, number);
      await load.flushIfFull();
    }
    for (const { code } of geography.communities) {
      for (let number = 1; number <= doctorsPerCommunity; number++) {
        const id = staffId('family-doctor', code, number);
        const facility = clinicOf.get(code)!.id;
        load.row('family_doctor', [id, doctorName(id, seed), facility, code, doctorCapacity, signed.get(id) ?? 0]);
      }
      await load.flushIfFull();
    }
  },
});
