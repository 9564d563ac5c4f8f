import type { RatingTarget } from './generated/graphql.js';

/** What is kept of a year's ratings: how many homes gave one to five stars. */
export interface RatingCounts {
  readonly year: number;
  readonly target: RatingTarget;
  readonly stars: readonly number[];
}

/** What is published of them. */
export interface PublishedRating {
  readonly year: number;
  readonly target: RatingTarget;
  readonly homes: number | null;
  /** 0 to 100: five stars are 100, one is 20. */
  readonly satisfaction: number | null;
  readonly suppressed: boolean;
}

/**
 * A year's ratings as far as they are published: not where they are fewer than `smallest`, nor where all gave the same,
 * for then the mean tells what each of them said.
 */
export function publishedRating({ year, target, stars }: RatingCounts, smallest: number): PublishedRating {
  const homes = stars.reduce((sum, each) => sum + each, 0);
  const unanimous = stars.filter((count) => count > 0).length < 2;
  if (homes < smallest || unanimous) return { year, target, homes: null, satisfaction: null, suppressed: true };
  const points = stars.reduce((sum, count, i) => sum + count * (i + 1) * 20, 0);
  return { year, target, homes, satisfaction: Math.round((points / homes) * 10) / 10, suppressed: false };
}
