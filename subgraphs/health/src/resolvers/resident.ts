import type { Resolvers } from '../generated/graphql.js';
import { facilityOf, ofPatient } from './patient-row.js';

/** What health adds to a resident, and the record that belongs to one. */
export const residentResolvers: Resolvers = {
  Resident: {
    __resolveReference: ({ id }) => ({ id }),
    familyDoctor: ({ id }, _, { loaders }) => loaders.contractOfResident.load(id),
    healthRecord: ({ id }, _, { loaders }) => loaders.recordOfResident.load(id),
    vaccinations: ({ id }, _, { loaders }) => loaders.vaccinationsOfResident.load(id),
    vaccinationsDue: ({ id }, _, { loaders }) => loaders.vaccinationsDueOfResident.load(id),
    healthAppointments: ({ id }, _, { loaders }) => loaders.appointmentsOfResident.load(id),
    homeBeds: ({ id }, _, { loaders }) => loaders.homeBedsOfResident.load(id),
    careProgrammes: ({ id }, _, { loaders }) => loaders.careProgrammesOfResident.load(id),
    mentalHealthScreenings: ({ id }, _, { loaders }) => loaders.screeningsOfResident.load(id),
    mentalHealthReferrals: ({ id }, _, { loaders }) => loaders.referralsOfResident.load(id),
    nurseryEnrolments: ({ id }, _, { loaders }) => loaders.enrolmentsOfResident.load(id),
  },
  HealthRecord: {
    __resolveReference: ({ recordNo }, { loaders }) => loaders.record.load(recordNo),
    ...ofPatient,
    facility: facilityOf,
  },
};
