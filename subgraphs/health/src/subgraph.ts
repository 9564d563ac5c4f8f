import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';
import { contractsJob } from './jobs/contracts.js';
import { mutationResolvers } from './mutations/mutations.js';
import { activityResolvers } from './resolvers/activity.js';
import { appointmentResolvers } from './resolvers/appointment.js';
import { careProgrammeResolvers } from './resolvers/care-programme.js';
import { communityResolvers } from './resolvers/community.js';
import { contractResolvers } from './resolvers/contract.js';
import { enrolmentResolvers } from './resolvers/enrolment.js';
import { eventResolvers } from './resolvers/event.js';
import { facilityResolvers } from './resolvers/facility.js';
import { familyDoctorResolvers } from './resolvers/family-doctor.js';
import { homeBedResolvers } from './resolvers/home-bed.js';
import { jointTaskResolvers } from './resolvers/joint-task.js';
import { nurseryResolvers } from './resolvers/nursery.js';
import { professionalResolvers } from './resolvers/professional.js';
import { referralResolvers } from './resolvers/referral.js';
import { residentResolvers } from './resolvers/resident.js';
import { screeningResolvers } from './resolvers/screening.js';
import { summaryResolvers } from './resolvers/summary.js';
import { vaccinationResolvers } from './resolvers/vaccination.js';
import { planQuantityResolvers } from './resolvers/plan-quantity.js';
import { scope } from './scope.js';
import { careSeed } from './seeds/care.js';
import { facilitiesSeed } from './seeds/facilities.js';
import { patientsSeed } from './seeds/patients.js';
import { servicesSeed } from './seeds/services.js';

/** Health (卫健): clinics, nurseries, family doctors, health records and appointments, public-health events. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'health',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [facilitiesSeed, patientsSeed, servicesSeed, careSeed],
  resolvers: [
    planQuantityResolvers,
    facilityResolvers,
    nurseryResolvers,
    contractResolvers,
    residentResolvers,
    referralResolvers,
    eventResolvers,
    communityResolvers,
    activityResolvers,
    appointmentResolvers,
    careProgrammeResolvers,
    enrolmentResolvers,
    familyDoctorResolvers,
    homeBedResolvers,
    jointTaskResolvers,
    professionalResolvers,
    screeningResolvers,
    summaryResolvers,
    vaccinationResolvers,
    mutationResolvers,
  ],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
  jobs: [contractsJob],
};
