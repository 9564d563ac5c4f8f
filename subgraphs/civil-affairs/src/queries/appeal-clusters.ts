import type { Statements } from '@linli/kit/writing/statements';
import { defaultRules } from '../appeals/defaults.js';
import { detection, type Counts } from '../appeals/weak-signal.js';
import type { AppealCategory } from '../generated/graphql.js';

/**
 * Appeals by community and category before a moment: of the window, and of the baseline before it. Each appellant counts
 * once a week, so that one who writes ten times is no cluster; what staff opened themselves does not count.
 */
export async function countForClusters({ query }: Statements, end: Date): Promise<Counts[]> {
  const { windowDays, baselineDays } = detection;
  const daysBefore = (days: number) => new Date(end.getTime() - days * 86_400_000);
  const rows = await query<{ community_code: string; category: AppealCategory; now: bigint; before: bigint }>(
    `SELECT community_code, category, count(*) FILTER (WHERE week = 0) AS now, count(*) FILTER (WHERE week > 0) AS before
     FROM (SELECT DISTINCT community_code, category, coalesce(appellant_id, no) AS appellant,
             floor(extract(epoch FROM $3::timestamptz - submitted_at) / 86400 / $4::int) AS week
           FROM appeal
           WHERE submitted_at >= $1::timestamptz AND submitted_at < $3::timestamptz AND channel <> 'PROACTIVE' AND state <> 'WITHDRAWN'
             AND category = ANY($2::"AppealCategory"[])) counted
     GROUP BY 1, 2`,
    [daysBefore(windowDays + baselineDays).toISOString(), Object.keys(defaultRules), end.toISOString(), windowDays],
  );
  return rows.map(({ community_code, category, now, before }) => ({
    communityCode: community_code,
    category,
    now: Number(now),
    before: Number(before),
  }));
}
