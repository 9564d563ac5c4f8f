import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';
import { appealResolvers } from './resolvers/appeal.js';
import { appealKpiResolvers } from './resolvers/appeal-kpi.js';
import { appealSignalResolvers } from './resolvers/appeal-signal.js';
import { appealSummaryResolvers } from './resolvers/appeal-summary.js';
import { childProtectionResolvers } from './resolvers/child-protection.js';
import { facilityResolvers } from './resolvers/facility.js';
import { organizationResolvers } from './resolvers/organization.js';
import { placeResolvers } from './resolvers/place.js';
import { planResolvers } from './resolvers/plan.js';
import { residentResolvers } from './resolvers/resident.js';
import { serviceResolvers } from './resolvers/service.js';
import { standingResolvers } from './resolvers/standing.js';
import { scope } from './scope.js';
import { appealsSeed } from './seeds/appeals.js';
import { peopleSeed } from './seeds/people.js';
import { placesSeed } from './seeds/places.js';
import { planSeed } from './seeds/plan.js';

/** Civil affairs (民政): places, residents, facilities, organisations, the plan, services, appeals, child protection. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'civil-affairs',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [placesSeed, planSeed, peopleSeed, appealsSeed],
  resolvers: [
    placeResolvers,
    facilityResolvers,
    residentResolvers,
    organizationResolvers,
    planResolvers,
    serviceResolvers,
    appealResolvers,
    appealKpiResolvers,
    appealSignalResolvers,
    appealSummaryResolvers,
    childProtectionResolvers,
    standingResolvers,
  ],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
};
