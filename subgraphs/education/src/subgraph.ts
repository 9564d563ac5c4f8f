import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { termBegins } from './jobs/term-begins.js';
import { venueNoShows } from './jobs/venue-no-shows.js';
import { weeklyActivities } from './jobs/weekly-activities.js';
import { createLoaders, type Loaders } from './loaders.js';
import { mutationResolvers } from './mutations/mutations.js';
import { activityResolvers } from './resolvers/activity.js';
import { afterSchoolResolvers } from './resolvers/after-school.js';
import { communitySchoolResolvers } from './resolvers/community-school.js';
import { communityResolvers } from './resolvers/community.js';
import { kindergartenResolvers } from './resolvers/kindergarten.js';
import { learningResolvers } from './resolvers/learning.js';
import { outreachResolvers } from './resolvers/outreach.js';
import { placementResolvers } from './resolvers/placement.js';
import { psychologicalAidResolvers } from './resolvers/psychological-aid.js';
import { schoolResolvers } from './resolvers/school.js';
import { subscriptionResolvers } from './resolvers/subscription.js';
import { summaryResolvers } from './resolvers/summary.js';
import { venueBookingResolvers } from './resolvers/venue-booking.js';
import { venueResolvers } from './resolvers/venue.js';
import { planQuantityResolvers } from './resolvers/plan-quantity.js';
import { scope } from './scope.js';
import { activitiesSeed } from './seeds/activities.js';
import { careSeed } from './seeds/care.js';
import { communitySchoolsSeed } from './seeds/community-schools.js';
import { kindergartensSeed } from './seeds/kindergartens.js';
import { lifelongLearningSeed } from './seeds/lifelong-learning.js';
import { outreachSeed } from './seeds/outreach.js';
import { schoolTermsSeed } from './seeds/school-terms.js';
import { schoolsSeed } from './seeds/schools.js';
import { sportsVenuesSeed } from './seeds/sports-venues.js';
import { studentsSeed } from './seeds/students.js';

/** Education (教育): community schools and courses, schools, care, kindergartens, venues, libraries, activities. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'education',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [
    communitySchoolsSeed,
    schoolsSeed,
    kindergartensSeed,
    outreachSeed,
    studentsSeed,
    schoolTermsSeed,
    lifelongLearningSeed,
    activitiesSeed,
    sportsVenuesSeed,
    careSeed,
  ],
  resolvers: [
    planQuantityResolvers,
    communityResolvers,
    communitySchoolResolvers,
    schoolResolvers,
    kindergartenResolvers,
    venueResolvers,
    outreachResolvers,
    learningResolvers,
    afterSchoolResolvers,
    placementResolvers,
    activityResolvers,
    venueBookingResolvers,
    psychologicalAidResolvers,
    summaryResolvers,
    mutationResolvers,
    subscriptionResolvers,
  ],
  scope,
  jobs: [weeklyActivities, venueNoShows, termBegins],
  connect: openDatabase,
  loaders: createLoaders,
};
