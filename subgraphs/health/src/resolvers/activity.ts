import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { startOf } from '../today.js';

/** Activities of healthy communities (健康社区): campaigns and lectures. */
export const activityResolvers: Resolvers = {
  Query: {
    healthActivities: (_, { first, after, place, kind, startsFrom }, { db }) => {
      const startsAt = startsFrom ? { gte: startOf(new Date(startsFrom)) } : null;
      return pageOf(db.healthActivity, 'id', { communityCode: placeRange(place), kind, startsAt }, { first, after });
    },
    healthActivity: (_, { id }, { loaders }) => loaders.activity.load(id),
  },
  HealthActivity: {
    __resolveReference: ({ id }, { loaders }) => loaders.activity.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    facility: ({ facilityId }, _, { loaders }) =>
      facilityId === null ? null : loaders.healthFacility.load(facilityId),
  },
};
