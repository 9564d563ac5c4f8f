import type { LinliEvent } from '@linli/kit/events/event';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/graphql.js';

/** Alerts that an event shows; a device that does not stop has more. */
const mostAlerts = 50;

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
    gridEventAnalysis: (_, { place, quarter }, { loaders }) => loaders.gridAnalysis(place, quarter),
  },
  Subscription: {
    gridEventProgress: {
      // Who does not see the event is not told that anything happens to it.
      subscribe: async (_, { id }, { events, loaders }) => {
        const isSeen = (await loaders.gridEvent.load(id)) !== null;
        return events.of('GridEventMoved', ({ key }) => isSeen && key === id);
      },
      resolve: ({ key }: LinliEvent, _args: object, context: Context) => context.fresh().loaders.gridEvent.load(key),
    },
  },
  GridCell: {
    __resolveReference: ({ code }, { loaders }) => loaders.gridCell.load(code),
    community: ({ communityCode }) => ({ code: communityCode }),
    events: ({ code }, { stage, ...args }, { loaders }) => loaders.eventsOfGridCell(code, args, { stage }),
  },
  GridEvent: {
    __resolveReference: ({ id }, { loaders }) => loaders.gridEvent.load(id),
    overdue: ({ stage, dueAt }) => stage !== 'ANALYSED' && dueAt < new Date(),
    steps: ({ id }, _, { loaders }) => loaders.stepsOfEvent.load(id),
    alerts: async ({ id }, _, { loaders }) => (await loaders.alertsOfEvent(id, { first: mostAlerts })).nodes,
    grid: ({ gridCode }, _, { loaders }) => loaders.gridCell.load(gridCode),
    community: ({ communityCode }) => ({ code: communityCode }),
  },
};
