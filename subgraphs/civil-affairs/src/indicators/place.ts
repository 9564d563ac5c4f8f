import type { CommunityFigures } from '../queries/indicator-figures.js';
import type { PopulationSummary } from '../queries/population.js';

/** What other departments say of one community, as far as they could be asked. */
export interface ForeignFigures {
  /** 总建筑面积, in square metres; null where no building is registered or housing did not answer. */
  floorAreaM2: number | null;
  /** 托位 of nurseries (health) and of kindergartens' nursery classes (education). */
  nurseryPlaces: number | null;
  nurseryClassPlaces: number | null;
  /** Sports grounds of schools that are open to residents, in square metres. */
  schoolSportsAreaM2: number | null;
}

/** A place that indicators are computed for. */
export interface IndicatorPlace {
  communities: readonly CommunityFigures[];
  /** Published numbers of the people of the place, and of each of its communities by code. */
  population: PopulationSummary | null;
  populationOf: (code: string) => PopulationSummary | null;
  /** One for each community that another department was asked about; none where the question never reached it. */
  foreign: readonly ForeignFigures[];
  /** Published number of elders who use the city's platform of elder care; null where withheld. */
  smartCareUsers: number | null;
}

/** The sum of one figure over the communities of a place. */
export function total(place: IndicatorPlace, figure: (community: CommunityFigures) => number): number {
  return place.communities.reduce((sum, community) => sum + figure(community), 0);
}

/** The sum of what another department says of every community; null unless it said it of each. */
export function foreignTotal(place: IndicatorPlace, figure: (foreign: ForeignFigures) => number | null): number | null {
  const figures = place.foreign.map(figure);
  if (figures.length < place.communities.length || figures.includes(null)) return null;
  return figures.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}

/** How many communities of a place something holds for. */
export function count(place: IndicatorPlace, holds: (community: CommunityFigures) => boolean): number {
  return place.communities.filter(holds).length;
}
