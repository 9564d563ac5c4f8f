import type { LinliEvent } from '@linli/kit/events/event';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/graphql.js';

/** An appeal as it goes on. Who does not see it is told of no step, not even that there was one. */
export const appealProgressResolvers: Resolvers = {
  Subscription: {
    appealProgress: {
      subscribe: async (_: unknown, { no }: { no: string }, { events, loaders }: Context) => {
        const isVisible = (await loaders.appeal.load(no)) !== null;
        return events.of('AppealMoved', ({ key }) => isVisible && key === no);
      },
      resolve: ({ key }: LinliEvent, _args: unknown, context: Context) => context.fresh().loaders.appeal.load(key),
    },
  },
};
