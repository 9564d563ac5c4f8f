import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { platformEvents } from './consumers/platform-events.js';
import { openDatabase, type Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';
import { correctionResolvers } from './resolvers/correction.js';
import { dutyResolvers } from './resolvers/duty.js';
import { permitApplicationResolvers } from './resolvers/permit-application.js';
import { visitResolvers } from './resolvers/visit.js';
import { suppliesResolvers } from './resolvers/supplies.js';
import { drillResolvers } from './resolvers/drill.js';
import { safetyResolvers } from './resolvers/safety.js';
import { lawResolvers } from './resolvers/law.js';
import { mediationResolvers } from './resolvers/mediation.js';
import { emergencyResolvers } from './resolvers/emergency.js';
import { gridResolvers } from './resolvers/grid.js';
import { incidentResolvers } from './resolvers/incident.js';
import { placeResolvers } from './resolvers/place.js';
import { policeResolvers } from './resolvers/police.js';
import { registrationResolvers } from './resolvers/registration.js';
import { surveillanceResolvers } from './resolvers/surveillance.js';
import { warningResolvers } from './resolvers/warning.js';
import { planQuantityResolvers } from './resolvers/plan-quantity.js';
import { lapsedPermits } from './jobs/lapsed-permits.js';
import { overdueEvents } from './jobs/overdue-events.js';
import { mutationResolvers } from './mutations.js';
import { scope } from './scope.js';
import { casesSeed } from './seeds/cases.js';
import { dutySeed } from './seeds/duty.js';
import { visitsSeed } from './seeds/visits.js';
import { storesSeed } from './seeds/stores.js';
import { safetySeed } from './seeds/safety.js';
import { lawSeed } from './seeds/law.js';
import { coursesSeed } from './seeds/courses.js';
import { followUpSeed } from './seeds/follow-up.js';
import { emergencySeed } from './seeds/emergency.js';
import { gridSeed } from './seeds/grid.js';
import { policeSeed } from './seeds/police.js';
import { registerSeed } from './seeds/register.js';
import { warningsSeed } from './seeds/warnings.js';

/** Public security (公安): community police, the population register, grids, incidents, correction, emergencies. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'public-security',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [
    policeSeed,
    gridSeed,
    emergencySeed,
    warningsSeed,
    registerSeed,
    casesSeed,
    dutySeed,
    visitsSeed,
    storesSeed,
    safetySeed,
    lawSeed,
    coursesSeed,
    followUpSeed,
  ],
  resolvers: [
    planQuantityResolvers,
    placeResolvers,
    policeResolvers,
    registrationResolvers,
    gridResolvers,
    emergencyResolvers,
    warningResolvers,
    surveillanceResolvers,
    incidentResolvers,
    correctionResolvers,
    mutationResolvers,
    mediationResolvers,
    lawResolvers,
    safetyResolvers,
    drillResolvers,
    suppliesResolvers,
    visitResolvers,
    permitApplicationResolvers,
    dutyResolvers,
  ],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
  consumes: platformEvents,
  jobs: [overdueEvents, lapsedPermits],
};
