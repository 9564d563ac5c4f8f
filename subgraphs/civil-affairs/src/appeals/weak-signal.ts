import { geography } from '@linli/schema/geography';
import type { AppealCategory } from '../generated/graphql.js';
import { upperTail } from './binomial.js';
import { defaultRules } from './defaults.js';
import { discoveries } from './false-discovery.js';

/** How clusters are found (苗头性、风险性诉求“弱信号”预警); defaults of this hub, see docs/appeals.md. */
export const detection = {
  /** Days whose appeals are looked at. */
  windowDays: 7,
  /** Days before them that are the baseline. */
  baselineDays: 56,
  /** Fewer appeals than these are no cluster. */
  smallest: 3,
  /** Share of false ones that is expected among the warnings of one run, at most. */
  falseDiscoveryRate: 0.05,
} as const;

/** Appeals of a community and category, each appellant counted once a week. */
export interface Counts {
  readonly communityCode: string;
  readonly category: AppealCategory;
  /** In the window. */
  readonly now: number;
  /** In the baseline. */
  readonly before: number;
}

export interface Cluster extends Counts {
  /** How many would be expected in the window, by the stricter of both baselines. */
  readonly expected: number;
  readonly pValue: number;
}

const share = detection.windowDays / (detection.windowDays + detection.baselineDays);

function sums<Key>(counts: readonly Counts[], key: (counts: Counts) => Key, value: (counts: Counts) => number) {
  const result = new Map<Key, number>();
  for (const each of counts) result.set(key(each), (result.get(key(each)) ?? 0) + value(each));
  return result;
}

/**
 * Where similar appeals cluster. A community and category is a cluster if its appeals of the last week are too many both
 * against its own weeks before, and against the city's same week:
 * - own: of the appeals of window and baseline together, those in the window are binomial with the window's share of the
 *   time (the conditional test of two Poisson rates, Przyborowski and Wilenski, Biometrika 31, 1940);
 * - city: of the city's appeals of the category in the window, those of the community are binomial with its share of all
 *   appeals of the baseline, one added to each community, so that weather that hits the whole city warns nobody.
 * The larger of both upper tails is the p-value (an intersection–union test), and over all communities and categories
 * together the false discovery rate is bounded.
 * @param counts of every community and category with an appeal in window or baseline
 */
export function clusters(counts: readonly Counts[]): Cluster[] {
  const cityNow = sums(
    counts,
    ({ category }) => category,
    ({ now }) => now,
  );
  const ownBefore = sums(
    counts,
    ({ communityCode }) => communityCode,
    ({ before }) => before,
  );
  const allBefore = [...ownBefore.values()].reduce((sum, each) => sum + each, 0);
  const communities = geography.communities.length;

  const candidates = counts
    .filter(({ now }) => now >= detection.smallest)
    .map((each): Cluster => {
      const { communityCode, category, now, before } = each;
      const weight = ((ownBefore.get(communityCode) ?? 0) + 1) / (allBefore + communities);
      const city = cityNow.get(category)!;
      const pValue = Math.max(upperTail(now, now + before, share), upperTail(now, city, weight));
      const weekly = (before * detection.windowDays) / detection.baselineDays;
      return { ...each, expected: Math.max(weekly, city * weight), pValue };
    });
  const tests = communities * Object.keys(defaultRules).length;
  const found = discoveries(
    candidates.map(({ pValue }) => pValue),
    tests,
    detection.falseDiscoveryRate,
  );
  return candidates.filter((_, i) => found[i]);
}
