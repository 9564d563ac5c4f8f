import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** The calendar of what is on in communities, who takes part, and where instructors give advice on exercise. */
export const activityResolvers: Resolvers = {
  Query: {
    activity: (_, { id }, { loaders }) => loaders.activity.load(id),
    activities: (_, { first, after, place, kind, from, until, search }, { db }) => {
      const startsAt = from == null && until == null ? null : { gte: from ?? undefined, lt: until ?? undefined };
      const where = { communityCode: placeRange(place), kind, startsAt, title: contains(search) };
      return pageOf(db.activity, 'id', where, { first, after });
    },
    fitnessGuidancePoints: (_, { first, after, place }, { db }) =>
      pageOf(db.fitnessGuidancePoint, 'id', { communityCode: placeRange(place) }, { first, after }),
  },
  Activity: {
    __resolveReference: ({ id }, { loaders }) => loaders.activity.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    facility: ({ facilityId }) => (facilityId === null ? null : { id: facilityId }),
    registrations: ({ id }, { state, ...args }, { loaders }) => loaders.registrationsOfActivity(id, args, { state }),
  },
  ActivityRegistration: {
    __resolveReference: ({ id }, { loaders }) => loaders.registration.load(id),
    activity: async ({ activityId }, _, { loaders }) => (await loaders.activity.load(activityId))!,
    resident: ({ residentId }) => ({ id: residentId }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  FitnessGuidancePoint: {
    __resolveReference: ({ id }, { loaders }) => loaders.guidancePoint.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    facility: ({ facilityId }) => ({ id: facilityId }),
    sessions: ({ id }, args, { loaders }) => loaders.activitiesOfHost(id, args),
  },
};
