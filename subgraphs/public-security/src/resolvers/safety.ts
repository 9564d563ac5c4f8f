import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { sharesGround } from '../place-above.js';

/** What keeps a community safe beside the police: alerts against fraud, and its own watch teams. */
export const safetyResolvers: Resolvers = {
  Query: {
    fraudAlerts: (_, { first, after, place, method }, { db }) => {
      const where = { OR: place == null ? null : sharesGround('place', place), method };
      return pageOf(db.fraudAlert, 'id', where, { first, after });
    },
    watchTeams: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.watchTeam, 'id', { communityCode: placeRange(place), kind }, { first, after }),
  },
  FraudAlert: {
    __resolveReference: ({ id }, { loaders }) => loaders.fraudAlert.load(id),
  },
  WatchTeam: {
    __resolveReference: ({ id }, { loaders }) => loaders.watchTeam.load(id),
    trainings: ({ id }, args, { loaders }) => loaders.trainingsOfTeam(id, args),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  TeamTraining: {
    __resolveReference: ({ id }, { loaders }) => loaders.training.load(id),
    team: ({ teamId }, _, { loaders }) => loaders.watchTeam.load(teamId),
  },
  Community: {
    fraudAlerts: ({ code }, _, { loaders }) => loaders.fraudAlertsOfCommunity.load(code),
    watchTeams: ({ code }, args, { loaders }) => loaders.watchTeamsOfCommunity(code, args),
  },
};
