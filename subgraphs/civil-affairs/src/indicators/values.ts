import type { Indicator } from '../generated/prisma/client.js';
import { formulas } from './formulas.js';
import type { IndicatorPlace } from './place.js';

/** An indicator in a place, as of today. */
export interface IndicatorValue {
  indicator: Indicator;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  formula: string;
  reached: boolean | null;
  asOf: string;
  unavailable: string | null;
}

const digits = 100;

/** All indicators of a place, in the order of the plan. Every target is one to reach or exceed. */
export function indicatorValues(
  indicators: readonly Indicator[],
  place: IndicatorPlace,
  asOf: string,
): IndicatorValue[] {
  return formulas.map((each) => {
    const { no, text, multiplier } = each;
    const indicator = indicators.find((row) => row.no === no)!;
    const fraction = each.compute(place);
    if ('unavailable' in fraction) {
      const { unavailable } = fraction;
      const nothing = { value: null, numerator: null, denominator: null, reached: null };
      return { indicator, ...nothing, formula: text, asOf, unavailable };
    }
    const { numerator, denominator } = fraction;
    const exact = (numerator / denominator) * multiplier;
    return {
      indicator,
      value: Math.round(exact * digits) / digits,
      numerator,
      denominator,
      formula: text,
      reached: exact >= indicator.target2025,
      asOf,
      unavailable: null,
    };
  });
}
