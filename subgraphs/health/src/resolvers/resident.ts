import { isMinor } from '@linli/kit/minor';
import type { Resolvers } from '../generated/graphql.js';

/** What health adds to a resident, and the records that belong to one. */
export const residentResolvers: Resolvers = {
  Resident: {
    __resolveReference: ({ id }) => ({ id }),
    familyDoctor: ({ id }, _, { loaders }) => loaders.contractOfResident.load(id),
    healthRecord: ({ id }, _, { loaders }) => loaders.recordOfResident.load(id),
    vaccinations: ({ id }, _, { loaders }) => loaders.vaccinationsOfResident.load(id),
    healthAppointments: ({ id }, _, { loaders }) => loaders.appointmentsOfResident.load(id),
  },
  HealthRecord: {
    __resolveReference: ({ recordNo }, { loaders }) => loaders.record.load(recordNo),
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
    facility: async ({ facilityId }, _, { loaders }) => (await loaders.healthFacility.load(facilityId))!,
  },
  Vaccination: {
    __resolveReference: ({ id }, { loaders }) => loaders.vaccination.load(id),
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
    facility: async ({ facilityId }, _, { loaders }) => (await loaders.healthFacility.load(facilityId))!,
  },
  HealthAppointment: {
    __resolveReference: ({ id }, { loaders }) => loaders.appointment.load(id),
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
    facility: async ({ facilityId }, _, { loaders }) => (await loaders.healthFacility.load(facilityId))!,
  },
};
