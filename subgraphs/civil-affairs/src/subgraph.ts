import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';
import { childProtectionResolvers } from './resolvers/child-protection.js';
import { facilityResolvers } from './resolvers/facility.js';
import { organizationResolvers } from './resolvers/organization.js';
import { placeResolvers } from './resolvers/place.js';
import { planResolvers } from './resolvers/plan.js';
import { residentResolvers } from './resolvers/resident.js';
import { serviceResolvers } from './resolvers/service.js';
import { archiveResolvers } from './resolvers/archives.js';
import { baseDataResolvers } from './resolvers/base-data.js';
import { commerceResolvers } from './resolvers/commerce.js';
import { deliberationResolvers } from './resolvers/deliberations.js';
import { dutyResolvers } from './resolvers/duties.js';
import { indicatorResolvers } from './resolvers/indicators.js';
import { kioskResolvers } from './resolvers/kiosks.js';
import { planProgressResolvers } from './resolvers/plan-progress.js';
import { proposalResolvers } from './resolvers/proposals.js';
import { serviceCentreResolvers } from './resolvers/service-centres.js';
import { servicesResolvers } from './resolvers/services.js';
import { surveyResolvers } from './resolvers/surveys.js';
import { teamResolvers } from './resolvers/teams.js';
import { threeListsResolvers } from './resolvers/three-lists.js';
import { worksMutations } from './resolvers/works-mutations.js';
import { standingResolvers } from './resolvers/standing.js';
import { scope } from './scope.js';
import { peopleSeed } from './seeds/people.js';
import { placesSeed } from './seeds/places.js';
import { planSeed } from './seeds/plan.js';
import { baseDataSeed } from './seeds/base-data.js';
import { commerceSeed } from './seeds/commerce.js';
import { participationSeed } from './seeds/participation.js';
import { planProgressSeed } from './seeds/plan-progress.js';
import { serviceCatalogueSeed } from './seeds/service-catalogue.js';
import { serviceCentresSeed } from './seeds/service-centres.js';
import { surveysSeed } from './seeds/surveys.js';
import { teamsSeed } from './seeds/teams.js';
import { worksJobs } from './works-jobs.js';

/** Civil affairs (民政): places, residents, facilities, organisations, the plan, services, appeals, child protection. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'civil-affairs',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [
    placesSeed,
    planSeed,
    peopleSeed,
    serviceCatalogueSeed,
    serviceCentresSeed,
    participationSeed,
    surveysSeed,
    commerceSeed,
    teamsSeed,
    baseDataSeed,
    planProgressSeed,
  ],
  resolvers: [
    placeResolvers,
    facilityResolvers,
    residentResolvers,
    organizationResolvers,
    planResolvers,
    serviceResolvers,
    worksMutations,
    servicesResolvers,
    serviceCentreResolvers,
    kioskResolvers,
    proposalResolvers,
    deliberationResolvers,
    threeListsResolvers,
    surveyResolvers,
    commerceResolvers,
    teamResolvers,
    dutyResolvers,
    archiveResolvers,
    baseDataResolvers,
    planProgressResolvers,
    indicatorResolvers,
    childProtectionResolvers,
    standingResolvers,
  ],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
  jobs: worksJobs,
};
