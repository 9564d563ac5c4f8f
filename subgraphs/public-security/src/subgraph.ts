import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';
import { emergencyResolvers } from './resolvers/emergency.js';
import { gridResolvers } from './resolvers/grid.js';
import { placeResolvers } from './resolvers/place.js';
import { policeResolvers } from './resolvers/police.js';
import { registrationResolvers } from './resolvers/registration.js';
import { surveillanceResolvers } from './resolvers/surveillance.js';
import { warningResolvers } from './resolvers/warning.js';
import { scope } from './scope.js';
import { emergencySeed } from './seeds/emergency.js';
import { gridSeed } from './seeds/grid.js';
import { policeSeed } from './seeds/police.js';
import { registrationsSeed } from './seeds/registrations.js';
import { warningsSeed } from './seeds/warnings.js';

/** Public security (公安): community police, the population register, grids, shelters, emergency plans, warnings. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'public-security',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [policeSeed, gridSeed, emergencySeed, warningsSeed, registrationsSeed],
  resolvers: [
    placeResolvers,
    policeResolvers,
    registrationResolvers,
    gridResolvers,
    emergencyResolvers,
    warningResolvers,
    surveillanceResolvers,
  ],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
};
