import { pageOf } from '@linli/kit/paging/table';
import type { LinliEvent } from '@linli/kit/events/event';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/graphql.js';
import { sharesGround } from '../place-above.js';

/** Whether two prefixes share ground. */
function meets(prefix: string, place: string): boolean {
  return prefix.startsWith(place) || place.startsWith(prefix);
}

/** Warnings, each for a set of division-code prefixes. */
export const warningResolvers: Resolvers = {
  Query: {
    warnings: (_, { first, after, place, level, active }, { db }) => {
      const where = {
        areas: place == null ? null : { some: { OR: sharesGround('prefix', place) } },
        level,
        AND: active == null ? null : [{ liftedAt: active ? null : { not: null } }],
      };
      return pageOf(db.warning, 'id', where, { first, after });
    },
    warning: (_, { id }, { loaders }) => loaders.warning.load(id),
  },
  Subscription: {
    warnings: {
      subscribe: (_, { place }, { events }) =>
        events.of('WarningPublished', ({ data }) =>
          (data['prefixes'] as string[]).some((prefix) => meets(prefix, place)),
        ),
      resolve: ({ key }: LinliEvent, _args: object, context: Context) => context.fresh().loaders.warning.load(key),
    },
  },
  Warning: {
    __resolveReference: ({ id }, { loaders }) => loaders.warning.load(id),
    prefixes: async ({ id }, _, { loaders }) => (await loaders.areasOfWarning.load(id)).map(({ prefix }) => prefix),
    revisions: ({ id }, _, { loaders }) => loaders.revisionsOfWarning.load(id),
    shelters: ({ id }, args, { loaders }) => loaders.sheltersOfWarning(id, args),
  },
};
