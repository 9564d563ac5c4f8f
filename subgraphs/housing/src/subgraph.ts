import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { overdueHazards } from './jobs/overdue-hazards.js';
import { createLoaders, type Loaders } from './loaders.js';
import { buildingResolvers } from './resolvers/building.js';
import { communityResolvers } from './resolvers/community.js';
import { creditResolvers } from './resolvers/credit.js';
import { homeServiceResolvers } from './resolvers/home-services.js';
import { householdResolvers } from './resolvers/household.js';
import { infrastructureResolvers } from './resolvers/infrastructure.js';
import { inspectionResolvers } from './resolvers/inspection.js';
import { mutationResolvers } from './resolvers/mutations.js';
import { ownersResolvers } from './resolvers/owners.js';
import { premisesResolvers } from './resolvers/premises.js';
import { propertyResolvers } from './resolvers/property.js';
import { propertyServiceResolvers } from './resolvers/property-services.js';
import { renovationResolvers } from './resolvers/renovation.js';
import { tenancyResolvers } from './resolvers/tenancy.js';
import { voteResolvers } from './resolvers/votes.js';
import { planQuantityResolvers } from './resolvers/plan-quantity.js';
import { scope } from './scope.js';
import { dwellingsSeed } from './seeds/dwellings.js';
import { estateServicesSeed } from './seeds/estate-services.js';
import { homeCasesSeed } from './seeds/home-cases.js';
import { propertySeed } from './seeds/property.js';
import { ownersVotesSeed } from './seeds/votes.js';

/** Housing (住建): buildings and homes, who lives where, property service, owners' votes, hazards and renovation. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'housing',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [propertySeed, dwellingsSeed, estateServicesSeed, ownersVotesSeed, homeCasesSeed],
  resolvers: [
    planQuantityResolvers,
    communityResolvers,
    householdResolvers,
    tenancyResolvers,
    buildingResolvers,
    propertyResolvers,
    propertyServiceResolvers,
    creditResolvers,
    ownersResolvers,
    voteResolvers,
    inspectionResolvers,
    renovationResolvers,
    premisesResolvers,
    homeServiceResolvers,
    infrastructureResolvers,
    mutationResolvers,
  ],
  jobs: [overdueHazards],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
};
