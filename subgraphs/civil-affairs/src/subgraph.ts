import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { hardshipConsumers } from './events/hardship-signals.js';
import { welfareJobs } from './jobs/welfare.js';
import { worksJobs } from './jobs/works.js';
import { createLoaders, type Loaders } from './loaders.js';
import { welfareMutations } from './mutations/welfare.js';
import { appealResolvers } from './resolvers/appeal.js';
import { appealFeedbackResolvers } from './resolvers/appeal-feedback.js';
import { appealHandlingResolvers } from './resolvers/appeal-handling.js';
import { appealIntakeResolvers } from './resolvers/appeal-intake.js';
import { appealKpiResolvers } from './resolvers/appeal-kpi.js';
import { appealMergingResolvers } from './resolvers/appeal-merging.js';
import { appealProgressResolvers } from './resolvers/appeal-progress.js';
import { appealPublishingResolvers } from './resolvers/appeal-publishing.js';
import { appealSignalResolvers } from './resolvers/appeal-signal.js';
import { appealSummaryResolvers } from './resolvers/appeal-summary.js';
import { appealSupervisionResolvers } from './resolvers/appeal-supervision.js';
import { childProtectionResolvers } from './resolvers/child-protection.js';
import { facilityResolvers } from './resolvers/facility.js';
import { organizationResolvers } from './resolvers/organization.js';
import { placeResolvers } from './resolvers/place.js';
import { planResolvers } from './resolvers/plan.js';
import { residentResolvers } from './resolvers/resident.js';
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
import { welfareResolvers } from './resolvers/welfare.js';
import { appealJobs } from './jobs/appeals.js';
import { scope } from './scope.js';
import { appealsSeed } from './seeds/appeals.js';
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
import { welfarePeopleSeed } from './seeds/welfare-people.js';
import { welfarePlacesSeed } from './seeds/welfare-places.js';

/** Civil affairs (民政): places, residents, facilities, organisations, the plan, services, appeals, child protection. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'civil-affairs',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [
    placesSeed,
    planSeed,
    peopleSeed,
    welfarePlacesSeed,
    welfarePeopleSeed,
    appealsSeed,
    serviceCatalogueSeed,
    serviceCentresSeed,
    participationSeed,
    surveysSeed,
    commerceSeed,
    teamsSeed,
    baseDataSeed,
    planProgressSeed,
    welfarePlacesSeed,
    welfarePeopleSeed,
    appealsSeed,
  ],
  resolvers: [
    placeResolvers,
    facilityResolvers,
    residentResolvers,
    organizationResolvers,
    planResolvers,
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
    appealResolvers,
    appealIntakeResolvers,
    appealHandlingResolvers,
    appealMergingResolvers,
    appealFeedbackResolvers,
    appealSupervisionResolvers,
    appealProgressResolvers,
    appealKpiResolvers,
    appealSignalResolvers,
    appealSummaryResolvers,
    appealPublishingResolvers,
    childProtectionResolvers,
    standingResolvers,
    ...welfareResolvers,
    welfareMutations,
  ],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
  consumes: { ...hardshipConsumers },
  jobs: [...welfareJobs, ...appealJobs, ...worksJobs],
};
