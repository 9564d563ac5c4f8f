import { referenceDate } from '@linli/kit/population/households';
import { opaqueId } from '@linli/kit/population/random';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { clusters, detection, type Counts } from '../appeals/weak-signal.js';
import type { AppealDraft } from './appeal-draft.js';

export const signalColumns = [
  'id',
  'community_code',
  'category',
  'state',
  'open_key',
  'raised_at',
  'window_start',
  'window_end',
  'count',
  'expected',
  'p_value',
] as const;

const dayMs = 86_400_000;
const end = Date.parse(`${referenceDate}T00:00:00Z`);
const weeks = (detection.windowDays + detection.baselineDays) / 7;

/** The clusters of the made-up city's last week, found by the statistic that finds real ones. */
export class SignalFinder {
  readonly #counts = new Map<
    string,
    { now: Set<string>; before: Set<string> } & Pick<Counts, 'communityCode' | 'category'>
  >();

  add({ communityCode, category, channel, state, submittedAt, appellantId, no }: AppealDraft): void {
    const week = Math.floor((end - submittedAt.getTime()) / dayMs / 7);
    if (channel === 'PROACTIVE' || state === 'WITHDRAWN' || week < 0 || week >= weeks) return;
    const key = `${communityCode}:${category}`;
    let counts = this.#counts.get(key);
    if (!counts) this.#counts.set(key, (counts = { communityCode, category, now: new Set(), before: new Set() }));
    (week === 0 ? counts.now : counts.before).add(`${week} ${appellantId ?? no}`);
  }

  rows(): Cell[][] {
    const counts = [...this.#counts.values()].map((each) => ({
      ...each,
      now: each.now.size,
      before: each.before.size,
    }));
    return clusters(counts).map(({ communityCode, category, now, expected, pValue }) => [
      opaqueId('w', communityCode, category),
      communityCode,
      category,
      'OPEN',
      `${communityCode}:${category}`,
      new Date(end).toISOString(),
      new Date(end - detection.windowDays * dayMs).toISOString(),
      new Date(end).toISOString(),
      now,
      expected,
      pValue,
    ]);
  }
}
