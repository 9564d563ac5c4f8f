import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { hardshipConsumers } from './events/hardship-signals.js';
import { welfareJobs } from './jobs/welfare.js';
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
import { serviceResolvers } from './resolvers/service.js';
import { standingResolvers } from './resolvers/standing.js';
import { welfareResolvers } from './resolvers/welfare.js';
import { appealJobs } from './jobs/appeals.js';
import { scope } from './scope.js';
import { appealsSeed } from './seeds/appeals.js';
import { peopleSeed } from './seeds/people.js';
import { placesSeed } from './seeds/places.js';
import { planSeed } from './seeds/plan.js';
import { welfarePeopleSeed } from './seeds/welfare-people.js';
import { welfarePlacesSeed } from './seeds/welfare-places.js';

/** Civil affairs (民政): places, residents, facilities, organisations, the plan, services, appeals, child protection. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'civil-affairs',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [placesSeed, planSeed, peopleSeed, welfarePlacesSeed, welfarePeopleSeed, appealsSeed],
  resolvers: [
    placeResolvers,
    facilityResolvers,
    residentResolvers,
    organizationResolvers,
    planResolvers,
    serviceResolvers,
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
  jobs: [...welfareJobs, ...appealJobs],
};
