import { inputError } from '@linli/kit/errors';
import type { AppealKpi } from '../appeals/kpi.js';
import type { Loaders } from '../loaders.js';
import type { Resolvers } from '../generated/graphql.js';

const periods = /^\d{4}(-(0[1-9]|1[0-2]))?$/;

async function kpiOf(loaders: Loaders, place: string, period: string): Promise<AppealKpi | null> {
  if (!periods.test(period)) {
    throw inputError(`The argument "period" is ${JSON.stringify(period)}: send a year as 2025, or a month as 2025-06.`);
  }
  return (await loaders.appealKpis()).get(period)?.get(place) ?? null;
}

/** The measures by which the handling of appeals is judged. */
export const appealKpiResolvers: Resolvers = {
  Query: { appealKpi: (_, { place, period }, { loaders }) => kpiOf(loaders, place, period) },
  Community: { appealKpi: ({ code }, { period }, { loaders }) => kpiOf(loaders, code, period) },
  Street: { appealKpi: ({ code }, { period }, { loaders }) => kpiOf(loaders, code, period) },
  District: { appealKpi: ({ id }, { period }, { loaders }) => kpiOf(loaders, id, period) },
};
