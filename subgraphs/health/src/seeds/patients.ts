import { minorUntil } from '@linli/kit/minor';
import { referenceDate, type SyntheticHousehold } from '@linli/kit/population/households';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { familyDoctorOf, staffId } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { BloodType, MentalHealthReferralState, MentalHealthRisk } from '../generated/graphql.js';
import { appointmentOf } from './appointments.js';
import { clinicByCommunity, clinics } from './clinics.js';
import { allergiesOf, conditionsOf } from './conditions.js';
import { contractOf } from './contracts.js';
import { daysAfter } from './days.js';
import { dosesOf } from './vaccines.js';

/** Made-up shares of residents with a health record, with an appointment, and referred for their mental health. */
const recordShare = 0.9;
const appointmentShare = 0.08;
const referralShare = 0.01;
/** Of the appointments, those that were still to come on the reference date. */
const toComeShare = 0.4;

const bloodTypes: BloodType[] = ['A', 'A', 'A', 'B', 'B', 'B', 'O', 'O', 'O', 'O', 'AB'];
const risks: MentalHealthRisk[] = ['LOW', 'MEDIUM', 'MEDIUM', 'HIGH'];
const referralStates: MentalHealthReferralState[] = ['REFERRED', 'RECEIVED', 'RETURNED', 'CLOSED'];
/** Not the name of any hospital there is. */
const specialist = '示例精神卫生专科医院';

/** In the demo family all have a record, a contract and an appointment; the spouse a referral, the elder a condition. */
const demoPatients: Readonly<Record<string, { referred?: boolean; chronic?: boolean }>> = {
  'demo-resident': {},
  'demo-spouse': { referred: true },
  'demo-child': {},
  'demo-toddler': {},
  'demo-elder': { chronic: true },
};

const scopeColumns = ['community_code', 'handlers', 'minor_until'] as const;

/** What the clinics know of the synthetic residents: contracts, records, vaccinations, appointments, referrals. */
export const patientsSeed = defineSeed({
  name: 'patients',
  tables: {
    family_doctor_contract: [
      'id',
      'resident_id',
      'community_code',
      'doctor_id',
      'doctor',
      'facility_id',
      'package',
      'signed_on',
      'expires_on',
      'handlers',
      'minor_until',
    ],
    health_record: [
      'record_no',
      'resident_id',
      'facility_id',
      'blood_type',
      'allergies',
      'chronic_conditions',
      'last_checkup_on',
      ...scopeColumns,
    ],
    vaccination: ['id', 'resident_id', 'vaccine', 'dose', 'vaccinated_on', 'facility_id', ...scopeColumns],
    health_appointment: ['id', 'resident_id', 'at', 'service', 'facility_id', 'state', ...scopeColumns],
    mental_health_referral: [
      'id',
      'resident_id',
      'community_code',
      'risk',
      'from_facility_id',
      'to_institution',
      'state',
      'referred_on',
      'handlers',
      'minor_until',
    ],
  },
  async run({ load, seed, households }) {
    const clinicOf = clinicByCommunity(clinics(seed));

    const patient = (household: SyntheticHousehold, number: number) => {
      const { index, communityCode, members } = household;
      const person = members[number]!;
      const random = randomFor(seed, 'health', index, number);
      const clinic = clinicOf.get(communityCode)!;
      const demo = demoPatients[person.id];
      const conditions = conditionsOf(person.age, random);
      if (demo?.chronic && conditions.length === 0) conditions.push('HYPERTENSION');
      const health = { age: person.age, chronic: conditions.length > 0 };
      const doctor = familyDoctorOf(person, household);
      const handlers = doctor === null ? [] : [doctor];
      const minor = minorUntil(person);
      const scope = [communityCode, handlers, minor];

      if (random.chance(recordShare) || demo) {
        load.row('health_record', [
          opaqueId('e', index, number),
          person.id,
          clinic.id,
          random.chance(0.85) ? random.pick(bloodTypes) : null,
          allergiesOf(random),
          conditions,
          random.chance(0.6) ? daysAfter(referenceDate, -random.int(1, 700)) : null,
          ...scope,
        ]);
      }
      if (doctor !== null) {
        const contract = contractOf(health, doctor, demo !== undefined, seed, random);
        load.row('family_doctor_contract', [
          opaqueId('c', index, number),
          person.id,
          communityCode,
          doctor,
          contract.doctor,
          clinic.id,
          contract.package,
          contract.signedOn,
          contract.expiresOn,
          handlers,
          minor,
        ]);
      }
      for (const [i, each] of dosesOf(person, referenceDate, demo !== undefined, random).entries()) {
        const { vaccine, dose, vaccinatedOn } = each;
        const id = opaqueId('v', index, number, i);
        load.row('vaccination', [id, person.id, vaccine, dose, vaccinatedOn, clinic.id, ...scope]);
      }
      if (random.chance(appointmentShare) || demo) {
        const { at, service, state } = appointmentOf(
          health,
          clinic,
          demo !== undefined || random.chance(toComeShare),
          random,
        );
        const id = opaqueId('a', index, number);
        load.row('health_appointment', [id, person.id, at, service, clinic.id, state, ...scope]);
      }
      if ((person.age >= 12 && random.chance(referralShare)) || demo?.referred) {
        load.row('mental_health_referral', [
          opaqueId('m', index, number),
          person.id,
          communityCode,
          random.pick(risks),
          clinic.id,
          specialist,
          random.pick(referralStates),
          daysAfter(referenceDate, -random.int(1, 300)),
          // A referral is always in somebody's hands: without a contract, in those of the community's first doctor.
          [doctor ?? staffId('family-doctor', communityCode)],
          minor,
        ]);
      }
    };

    for (const household of households()) {
      for (const number of household.members.keys()) patient(household, number);
      await load.flushIfFull();
    }
  },
});
