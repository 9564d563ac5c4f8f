import type { SyntheticHousehold } from '@linli/kit/population/households';
import { opaqueId } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { clinicByCommunity, clinics } from './clinics.js';
import { patientOf } from './patient.js';

/** Not the name of any hospital there is. */
const specialist = '示例精神卫生专科医院';

const scopeColumns = ['community_code', 'handlers', 'minor_until'] as const;

/** What the clinics know of the synthetic residents: contracts, records, vaccinations, appointments, referrals. */
export const patientsSeed = defineSeed({
  name: 'patients',
  tables: {
    family_doctor_contract: [
      'id',
      'resident_id',
      'current_resident_id',
      'doctor_id',
      'doctor',
      'facility_id',
      'package',
      'signed_on',
      'expires_on',
      ...scopeColumns,
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
      'open_resident_id',
      'risk',
      'from_facility_id',
      'to_institution',
      'state',
      'referred_on',
      ...scopeColumns,
    ],
  },
  async run({ load, seed, households }) {
    const clinicOf = clinicByCommunity(clinics(seed));

    const write = (household: SyntheticHousehold, number: number) => {
      const { index, communityCode } = household;
      const clinic = clinicOf.get(communityCode)!;
      const patient = patientOf(household, number, clinic, seed);
      const { person, handlers, minor, record, contract, appointment, referral } = patient;
      const scope = [communityCode, handlers, minor];
      if (record) {
        load.row('health_record', [
          opaqueId('e', index, number),
          person.id,
          clinic.id,
          record.bloodType,
          record.allergies,
          patient.conditions,
          record.lastCheckupOn,
          ...scope,
        ]);
      }
      if (contract) {
        load.row('family_doctor_contract', [
          opaqueId('c', index, number),
          person.id,
          person.id,
          patient.doctor,
          contract.doctor,
          clinic.id,
          contract.package,
          contract.signedOn,
          contract.expiresOn,
          ...scope,
        ]);
      }
      for (const [i, { vaccine, dose, vaccinatedOn }] of patient.doses.entries()) {
        const id = opaqueId('v', index, number, i);
        load.row('vaccination', [id, person.id, vaccine, dose, vaccinatedOn, clinic.id, ...scope]);
      }
      if (appointment) {
        const { at, service, state } = appointment;
        load.row('health_appointment', [
          opaqueId('a', index, number),
          person.id,
          at,
          service,
          clinic.id,
          state,
          ...scope,
        ]);
      }
      if (referral) {
        load.row('mental_health_referral', [
          opaqueId('m', index, number),
          person.id,
          referral.state === 'CLOSED' ? null : person.id,
          referral.risk,
          clinic.id,
          specialist,
          referral.state,
          referral.referredOn,
          communityCode,
          referral.handlers,
          minor,
        ]);
      }
    };

    for (const household of households()) {
      for (const number of household.members.keys()) write(household, number);
      await load.flushIfFull();
    }
  },
});
