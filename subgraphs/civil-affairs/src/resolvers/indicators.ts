import { geography } from '@linli/schema/geography';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/graphql.js';
import type { ForeignFigures } from '../indicators/place.js';
import { brought, ofCity, ofCommunity, ofDistrict, ofStreet, withRequired } from '../indicators/required.js';
import { indicatorValues } from '../indicators/values.js';
import { dayOf } from '../working-days.js';

const { city } = geography;

/** The indicators of a place: its code or id, the prefixes of its communities, and what was brought from elsewhere. */
async function valuesOf(id: string, prefixes: readonly string[], foreign: ForeignFigures[], { loaders }: Context) {
  const [indicators, figures, population, smartCare] = await Promise.all([
    loaders.indicators(),
    loaders.indicatorFigures(),
    loaders.populationOfAll(),
    loaders.smartCare(id),
  ]);
  const place = {
    communities: figures.filter(({ code }) => prefixes.some((prefix) => code.startsWith(prefix))),
    population: population.get(id) ?? null,
    populationOf: (code: string) => population.get(code) ?? null,
    foreign,
    smartCareUsers: smartCare?.users ?? null,
  };
  return indicatorValues(indicators, place, dayOf(new Date()));
}

/** The plan's indicators in numbers of today, for the city and every place in it. */
export const indicatorResolvers: Resolvers = {
  Query: { city: () => ({ code: city.code }) },
  City: {
    __resolveReference: (reference) =>
      reference.code === city.code ? withRequired({ code: city.code }, reference) : null,
    name: () => city.name,
    districts: (_, _args, { db }) => db.district.findMany({ orderBy: { id: 'asc' } }),
    indicatorValues: (row, _, context) => valuesOf(city.code, [''], ofCity(brought(row)), context),
  },
  District: {
    indicatorValues: (row, _, context) => valuesOf(row.id, row.prefixes, ofDistrict(brought(row)), context),
  },
  Street: {
    indicatorValues: (row, _, context) => valuesOf(row.code, [row.code], ofStreet(brought(row)), context),
  },
  Community: {
    indicatorValues: (row, _, context) => valuesOf(row.code, [row.code], ofCommunity(brought(row)), context),
  },
};
