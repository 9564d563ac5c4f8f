/** What of a need or a resource decides how well they fit. */
export interface Matchable {
  communityCode: string;
  category: string;
  quantity: number;
}

/** Points for how near a resource is to a need: in the same community, street or, by district code, district. */
const nearness: [digits: number, points: number][] = [
  [12, 30],
  [9, 20],
  [6, 10],
];

/**
 * How well a resource fits a need, from 0 to 100: 50 for the same kind, up to 30 for nearness, and 20 for enough of it or a
 * share of them for less. A default of this hub: the plan asks for matching (资源与需求有效对接) and names no formula.
 */
export function matchScore(need: Matchable, resource: Matchable): number {
  const kind = need.category === resource.category ? 50 : 0;
  const common = (digits: number) => need.communityCode.slice(0, digits) === resource.communityCode.slice(0, digits);
  const near = nearness.find(([digits]) => common(digits))?.[1] ?? 0;
  const enough = 20 * Math.min(1, resource.quantity / need.quantity);
  return Math.round((kind + near + enough) * 10) / 10;
}

/** The score of a project: the mean, over its needs, of the best score that one of its resources has. */
export function projectScore(needs: readonly Matchable[], resources: readonly Matchable[]): number {
  const best = needs.map((need) => Math.max(...resources.map((resource) => matchScore(need, resource))));
  return Math.round((best.reduce((sum, score) => sum + score, 0) / best.length) * 10) / 10;
}
