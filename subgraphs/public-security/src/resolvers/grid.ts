import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Grid cells and the events found, dispatched and handled in them. */
export const gridResolvers: Resolvers = {
  Query: {
    gridCell: (_, { code }, { loaders }) => loaders.gridCell.load(code),
    gridEvents: (_, { first, after, place, stage, kind, since }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        stage,
        kind,
        reportedAt: since == null ? null : { gte: new Date(since) },
      };
      return pageOf(db.gridEvent, 'id', where, { first, after });
    },
    gridEvent: (_, { id }, { loaders }) => loaders.gridEvent.load(id),
  },
  GridCell: {
    __resolveReference: ({ code }, { loaders }) => loaders.gridCell.load(code),
    community: ({ communityCode }) => ({ code: communityCode }),
    events: ({ code }, { stage, ...args }, { loaders }) => loaders.eventsOfGridCell(code, args, { stage }),
  },
  GridEvent: {
    __resolveReference: ({ id }, { loaders }) => loaders.gridEvent.load(id),
    grid: ({ gridCode }, _, { loaders }) => loaders.gridCell.load(gridCode),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
