import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import { geography } from '@linli/schema/geography';
import type { Resolvers } from '../generated/graphql.js';

/**
 * Prefixes of which a liaison has at least one when its place is within a prefix: those of the districts below it, and
 * the city's own where the whole city is asked for.
 */
function prefixesWithin(place: string): string[] {
  const all = [geography.city.code, ...geography.districts.flatMap(({ prefixes }) => prefixes)];
  return all.filter((prefix) => prefix.startsWith(place));
}

/** Community workers' training, the committees below a committee, and the liaisons of the joint mechanism. */
export const teamResolvers: Resolvers = {
  Query: {
    subCommittees: (_, { first, after, place, kind, established }, { db }) =>
      pageOf(db.subCommittee, 'id', { communityCode: placeRange(place), kind, established }, { first, after }),
    liaisons: (_, { first, after, place, search }, { db }) => {
      const where = { prefixes: { hasSome: prefixesWithin(place) }, unit: contains(search) };
      return pageOf(db.liaison, 'id', where, { first, after });
    },
    workerTrainings: (_, { first, after, place }, { db }) =>
      pageOf(db.workerTraining, 'id', { communityCode: placeRange(place) }, { first, after }),
  },
  Community: {
    subCommittees: ({ code }, _, { loaders }) => loaders.subCommitteesOfCommunity.load(code),
  },
  CommunityWorker: {
    __resolveReference: ({ id }, { loaders }) => loaders.worker.load(id),
    trainings: ({ id }, _, { loaders }) => loaders.trainingsOfWorker.load(id),
  },
  WorkerTraining: {
    __resolveReference: ({ id }, { loaders }) => loaders.workerTraining.load(id),
    worker: ({ workerId }, _, { loaders }) => loaders.worker.load(workerId),
  },
  SubCommittee: {
    __resolveReference: ({ id }, { loaders }) => loaders.subCommittee.load(id),
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
    chair: ({ chairId }, _, { loaders }) => (chairId ? loaders.worker.load(chairId) : null),
  },
  Liaison: { __resolveReference: ({ id }, { loaders }) => loaders.liaison.load(id) },
};
