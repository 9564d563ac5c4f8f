import type { PropertyListing } from './generated/graphql.js';

/**
 * Safety inspections a year by yearly list (差异化监管): defaults of this hub, the plan names no numbers. Where a company
 * and the leader of a project stand on different lists, the stricter one counts.
 */
const perYear: Record<PropertyListing, number> = { INCENTIVE: 1, NONE: 2, RISK: 4 };

export function inspectionsPerYear(company: PropertyListing, leader: PropertyListing = 'INCENTIVE'): number {
  return Math.max(perYear[company], perYear[leader]);
}

/** The last day by which the next inspection is due. */
export function nextInspectionOn(last: Date, timesAYear: number): Date {
  return new Date(last.getTime() + Math.floor(365 / timesAYear) * 86_400_000);
}
