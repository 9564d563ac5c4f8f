import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Digits of the codes above a community: city, district, street. */
const lengthsAbove = [4, 6, 9];

/** Areas that share ground with a place: those inside it, and those that it lies in. */
function meeting(place: string | null | undefined): object | undefined {
  if (place == null) return undefined;
  const above = lengthsAbove.filter((length) => length < place.length).map((length) => place.slice(0, length));
  return { some: { OR: [{ prefix: placeRange(place) }, { prefix: { in: above } }] } };
}

/** Warnings, each for a set of division-code prefixes. */
export const warningResolvers: Resolvers = {
  Query: {
    warnings: (_, { first, after, place, level }, { db }) =>
      pageOf(db.warning, 'id', { areas: meeting(place), level }, { first, after }),
  },
  Warning: {
    __resolveReference: ({ id }, { loaders }) => loaders.warning.load(id),
    prefixes: async ({ id }, _, { loaders }) => (await loaders.areasOfWarning.load(id)).map(({ prefix }) => prefix),
  },
};
