import type { ScopeDeclaration } from '@linli/kit/scope/declaration';
import type { Database } from './database.js';

/** Everything health keeps about a person goes by that resident, by where the resident lives, and by who treats them. */
const ofResident = {
  subject: 'residentId',
  community: 'communityCode',
  assigned: 'handlers',
  minor: { until: 'minorUntil' },
} as const;

/** Where the rows of this department's scoped types are. */
export const scope: ScopeDeclaration<Database> = {
  FamilyDoctorContract: { model: 'familyDoctorContract', ...ofResident },
  HealthRecord: { model: 'healthRecord', ...ofResident },
  Vaccination: { model: 'vaccination', ...ofResident },
  VaccinationDue: { model: 'vaccinationDue', ...ofResident },
  HealthAppointment: { model: 'healthAppointment', ...ofResident },
  HomeBed: { model: 'homeBed', ...ofResident },
  CareProgramme: { model: 'careProgramme', ...ofResident },
  MentalHealthScreening: { model: 'mentalHealthScreening', ...ofResident },
  MentalHealthReferral: { model: 'mentalHealthReferral', ...ofResident },
  NurseryEnrolment: {
    model: 'nurseryEnrolment',
    subject: 'residentId',
    community: 'communityCode',
    minor: { until: 'minorUntil' },
  },
  MentalHealthProfessional: { model: 'mentalHealthProfessional', community: 'communityCode' },
  JointHealthTask: { model: 'jointHealthTask', community: 'communityCode', assigned: 'handlers' },
};
