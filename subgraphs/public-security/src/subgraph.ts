import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';
import { correctionResolvers } from './resolvers/correction.js';
import { emergencyResolvers } from './resolvers/emergency.js';
import { gridResolvers } from './resolvers/grid.js';
import { incidentResolvers } from './resolvers/incident.js';
import { placeResolvers } from './resolvers/place.js';
import { policeResolvers } from './resolvers/police.js';
import { registrationResolvers } from './resolvers/registration.js';
import { surveillanceResolvers } from './resolvers/surveillance.js';
import { warningResolvers } from './resolvers/warning.js';
import { scope } from './scope.js';
import { casesSeed } from './seeds/cases.js';
import { emergencySeed } from './seeds/emergency.js';
import { gridSeed } from './seeds/grid.js';
import { policeSeed } from './seeds/police.js';
import { registerSeed } from './seeds/register.js';
import { warningsSeed } from './seeds/warnings.js';

/** Public security (公安): community police, the population register, grids, incidents, correction, emergencies. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'public-security',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [policeSeed, gridSeed, emergencySeed, warningsSeed, registerSeed, casesSeed],
  resolvers: [
    placeResolvers,
    policeResolvers,
    registrationResolvers,
    gridResolvers,
    emergencyResolvers,
    warningResolvers,
    surveillanceResolvers,
    incidentResolvers,
    correctionResolvers,
  ],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
};
