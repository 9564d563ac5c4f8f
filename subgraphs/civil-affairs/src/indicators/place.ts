import type { CommunityFigures } from '../queries/indicator-figures.js';
import type { PopulationSummary } from '../queries/population.js';

/** What other departments say of one community, as far as they could be asked. */
export interface ForeignFigures {
  /** 总建筑面积, in square metres; null where no building is registered or housing did not answer. */
  floorAreaM2: number | null;
}

/** A place that indicators are computed for. */
export interface IndicatorPlace {
  communities: readonly CommunityFigures[];
  /** Published numbers of the people of the place, and of each of its communities by code. */
  population: PopulationSummary | null;
  populationOf: (code: string) => PopulationSummary | null;
  /** One for each community that another department was asked about; none where the question never reached it. */
  foreign: readonly ForeignFigures[];
}

/** The sum of one figure over the communities of a place. */
export function total(place: IndicatorPlace, figure: (community: CommunityFigures) => number): number {
  return place.communities.reduce((sum, community) => sum + figure(community), 0);
}

/** How many communities of a place something holds for. */
export function count(place: IndicatorPlace, holds: (community: CommunityFigures) => boolean): number {
  return place.communities.filter(holds).length;
}
