import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** What education brings into communities beside lessons: libraries, advice to families, science for everybody. */
export const outreachResolvers: Resolvers = {
  Query: {
    libraries: (_, { first, after, place }, { db }) =>
      pageOf(db.communityLibrary, 'id', { communityCode: placeRange(place) }, { first, after }),
    familyEducationStations: (_, { first, after, place }, { db }) =>
      pageOf(db.familyEducationStation, 'id', { communityCode: placeRange(place) }, { first, after }),
    scienceActivities: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.scienceActivity, 'id', { communityCode: placeRange(place), kind }, { first, after }),
  },
  CommunityLibrary: {
    __resolveReference: ({ id }, { loaders }) => loaders.communityLibrary.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    facility: ({ facilityId }) => (facilityId === null ? null : { id: facilityId }),
  },
  FamilyEducationStation: {
    __resolveReference: ({ id }, { loaders }) => loaders.station.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  ScienceActivity: {
    __resolveReference: ({ id }, { loaders }) => loaders.scienceActivity.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    facility: ({ facilityId }) => (facilityId === null ? null : { id: facilityId }),
  },
};
