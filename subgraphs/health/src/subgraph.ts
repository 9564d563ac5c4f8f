import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';
import { communityResolvers } from './resolvers/community.js';
import { contractResolvers } from './resolvers/contract.js';
import { eventResolvers } from './resolvers/event.js';
import { facilityResolvers } from './resolvers/facility.js';
import { nurseryResolvers } from './resolvers/nursery.js';
import { referralResolvers } from './resolvers/referral.js';
import { residentResolvers } from './resolvers/resident.js';
import { scope } from './scope.js';
import { facilitiesSeed } from './seeds/facilities.js';
import { patientsSeed } from './seeds/patients.js';

/** Health (卫健): clinics, nurseries, family doctors, health records and appointments, public-health events. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'health',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [facilitiesSeed, patientsSeed],
  resolvers: [
    facilityResolvers,
    nurseryResolvers,
    contractResolvers,
    residentResolvers,
    referralResolvers,
    eventResolvers,
    communityResolvers,
  ],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
};
