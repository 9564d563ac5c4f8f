import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Sites of the video networks (雪亮工程, 智感安防): that they are there, where, what they raised; never what they see. */
export const surveillanceResolvers: Resolvers = {
  Query: {
    surveillanceSites: (_, { first, after, place, kind, network }, { db }) => {
      const where = { communityCode: placeRange(place), kind, network };
      return pageOf(db.surveillanceSite, 'id', where, { first, after });
    },
    deviceAlerts: (_, { first, after, place, kind }, { db }) =>
      pageOf(db.deviceAlert, 'id', { communityCode: placeRange(place), kind }, { first, after }),
  },
  SurveillanceSite: {
    __resolveReference: ({ id }, { loaders }) => loaders.surveillanceSite.load(id),
    alerts: ({ id }, args, { loaders }) => loaders.alertsOfSite(id, args),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
  DeviceAlert: {
    __resolveReference: ({ id }, { loaders }) => loaders.deviceAlert.load(id),
    site: ({ siteId }, _, { loaders }) => loaders.surveillanceSite.load(siteId),
    event: ({ eventId }, _, { loaders }) => loaders.gridEvent.load(eventId),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
