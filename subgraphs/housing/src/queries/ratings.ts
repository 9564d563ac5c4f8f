import type { Statements } from '@linli/kit/writing/statements';
import type { RatingTarget } from '../generated/graphql.js';

/** Notes that a home has rated. @returns false where it had already */
export async function markRated(
  { query }: Statements,
  home: { unitCode: string; year: number; target: RatingTarget },
): Promise<boolean> {
  const marked = await query(
    `INSERT INTO rating_turnout (unit_code, year, target) VALUES ($1, $2, $3::"RatingTarget")
     ON CONFLICT DO NOTHING RETURNING unit_code`,
    [home.unitCode, home.year, home.target],
  );
  return marked.length > 0;
}

/** Adds a rating to the counters of an estate's year; the rating itself is not kept. */
export async function countRating(
  { query }: Statements,
  rating: { projectId: string; year: number; target: RatingTarget; stars: number },
): Promise<void> {
  await query(
    `INSERT INTO rating_tally AS t (project_id, year, target, stars)
     VALUES ($1, $2, $3::"RatingTarget", ARRAY(SELECT CASE WHEN i = $4 THEN 1 ELSE 0 END FROM generate_series(1, 5) i))
     ON CONFLICT (project_id, year, target) DO UPDATE SET stars[$4] = t.stars[$4] + 1`,
    [rating.projectId, rating.year, rating.target, rating.stars],
  );
}
