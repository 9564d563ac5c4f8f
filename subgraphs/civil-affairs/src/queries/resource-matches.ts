import DataLoader from 'dataloader';
import { sql, visible, type ScopedSql } from '@linli/kit/scope/sql';
import type { CommunityNeed } from '../generated/prisma/client.js';
import { matchScore } from '../three-lists/match-score.js';

export interface MatchedResource {
  resourceId: string;
  score: number;
}

/** Resources that are shown for a need. */
const shown = 10;

/**
 * Resources of a need's own kind in its district, the best first, many needs a statement. One of another kind never scores
 * as much as one of the same kind, so only these are looked at.
 */
export function resourceMatches(scopedSql: ScopedSql): DataLoader<CommunityNeed, MatchedResource[], string> {
  return new DataLoader(
    async (needs) => {
      const districts = needs.map(({ communityCode }) => communityCode.slice(0, 6));
      const ends = districts.map((district) => String(Number(district) + 1));
      const rows = await scopedSql.rows<{ need: string; id: string; code: string; quantity: number }>(
        sql`SELECT n.id AS need, r.id, r.community_code AS code, r.quantity
         FROM unnest(${needs.map(({ id }) => id)}::text[], ${needs.map(({ category }) => category)}::text[],
           ${districts}::text[], ${ends}::text[]) AS n(id, category, first, beyond)
         JOIN ${visible('community_resource')} r ON r.category = n.category::"LivelihoodCategory"
           AND r.state = 'AVAILABLE' AND r.community_code >= n.first AND r.community_code < n.beyond`,
      );
      return needs.map((need) =>
        rows
          .filter((row) => row.need === need.id)
          .map(({ id, code, quantity }) => ({
            resourceId: id,
            score: matchScore(need, { communityCode: code, category: need.category, quantity }),
          }))
          .sort((one, other) => other.score - one.score || (one.resourceId < other.resourceId ? -1 : 1))
          .slice(0, shown),
      );
    },
    { cacheKeyFn: ({ id }) => id },
  );
}
