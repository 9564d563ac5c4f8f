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
    scienceActivities: (_, { first, after, place, kind }, { db }) => {
      const where = { kind: 'SCIENCE', communityCode: placeRange(place), scienceKind: kind };
      return pageOf(db.activity, 'id', where, { first, after });
    },
  },
  CommunityLibrary: {
    __resolveReference: ({ id }, { loaders }) => loaders.communityLibrary.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    facility: ({ facilityId }) => (facilityId === null ? null : { id: facilityId }),
    collections: ({ volumes, childVolumes, elderVolumes }) => [
      { readers: 'CHILDREN', volumes: childVolumes },
      { readers: 'ELDERS', volumes: elderVolumes },
      { readers: 'GENERAL', volumes: volumes - childVolumes - elderVolumes },
    ],
    readingActivities: ({ id }, args, { loaders }) => loaders.activitiesOfHost(id, args),
  },
  FamilyEducationStation: {
    __resolveReference: ({ id }, { loaders }) => loaders.station.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    sessions: ({ id }, args, { loaders }) => loaders.activitiesOfHost(id, args),
  },
  ScienceActivity: {
    __resolveReference: ({ id }, { loaders }) =>
      loaders.activity.load(id).then((activity) => (activity?.kind === 'SCIENCE' ? activity : null)),
    kind: ({ scienceKind }) => scienceKind!,
    activity: (activity) => activity,
    community: ({ communityCode }) => ({ code: communityCode }),
    facility: ({ facilityId }) => (facilityId === null ? null : { id: facilityId }),
  },
};
