import DataLoader from 'dataloader';
import type { Unscoped } from '@linli/kit/scope/scope';

export interface OfficerCounts {
  assigned: number;
  onDuty: number;
}

/** Officers of a police post, and those of them on duty, many posts a statement. */
export function countOfficers(unscoped: Unscoped): DataLoader<string, OfficerCounts> {
  return new DataLoader(async (posts) => {
    const { rows } = await unscoped.query<{ post: string; assigned: string; on_duty: string }>(
      `SELECT post_id AS post, count(*) AS assigned, count(*) FILTER (WHERE on_duty) AS on_duty
       FROM community_officer WHERE post_id = ANY($1::text[]) GROUP BY 1`,
      [posts],
    );
    const byPost = new Map(
      rows.map(({ post, assigned, on_duty }) => [post, { assigned: Number(assigned), onDuty: Number(on_duty) }]),
    );
    return posts.map((post) => byPost.get(post) ?? { assigned: 0, onDuty: 0 });
  });
}
