import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';
import { buildingResolvers } from './resolvers/building.js';
import { communityResolvers } from './resolvers/community.js';
import { householdResolvers } from './resolvers/household.js';
import { inspectionResolvers } from './resolvers/inspection.js';
import { ownersResolvers } from './resolvers/owners.js';
import { propertyResolvers } from './resolvers/property.js';
import { renovationResolvers } from './resolvers/renovation.js';
import { scope } from './scope.js';
import { dwellingsSeed } from './seeds/dwellings.js';
import { propertySeed } from './seeds/property.js';

/** Housing (住建): buildings and homes, who lives where, property service, owners' votes, hazards and renovation. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'housing',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [propertySeed, dwellingsSeed],
  resolvers: [
    communityResolvers,
    householdResolvers,
    buildingResolvers,
    propertyResolvers,
    ownersResolvers,
    inspectionResolvers,
    renovationResolvers,
  ],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
};
