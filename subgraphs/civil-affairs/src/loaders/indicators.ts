import { rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from '../database.js';
import { indicatorFigures, type CommunityFigures } from '../queries/indicator-figures.js';
import type { Indicator } from '../generated/prisma/client.js';
import { planQuantityValues, type QuantityFigures } from '../queries/plan-quantities.js';

/** What indicators and quantities of the plan are computed from: read once a request, when first asked for. */
export function indicatorLoaders({ db, unscoped }: Access<Database>) {
  let figures: Promise<CommunityFigures[]> | undefined;
  let indicators: Promise<Indicator[]> | undefined;
  let quantities: Promise<QuantityFigures> | undefined;
  return {
    indicatorFigures: () => (figures ??= indicatorFigures(unscoped)),
    indicators: () => (indicators ??= db.indicator.findMany({ orderBy: { no: 'asc' } })),
    planQuantity: rowByKey(db.planQuantity, 'id'),
    planQuantities: () => (quantities ??= planQuantityValues(unscoped)),
  };
}
