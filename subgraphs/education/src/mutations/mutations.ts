import type { Resolvers } from '../generated/graphql.js';
import { activityMutations } from './activities.js';
import { activityRegistrationMutations } from './activity-registrations.js';
import { afterSchoolMutations } from './after-school.js';
import { courseEnrollmentMutations } from './course-enrollments.js';
import { courseMutations } from './courses.js';
import { placementMutations } from './placements.js';
import { psychologicalAidMutations } from './psychological-aids.js';
import { venueBookingMutations } from './venue-bookings.js';
import { venueSlotMutations } from './venue-slots.js';

/** All that can be changed here. */
export const mutationResolvers: Resolvers = {
  Mutation: {
    ...courseMutations,
    ...courseEnrollmentMutations,
    ...afterSchoolMutations,
    ...placementMutations,
    ...psychologicalAidMutations,
    ...venueSlotMutations,
    ...venueBookingMutations,
    ...activityMutations,
    ...activityRegistrationMutations,
  },
};
