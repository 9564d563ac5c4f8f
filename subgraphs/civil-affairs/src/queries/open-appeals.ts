import DataLoader from 'dataloader';
import type { Unscoped } from '@linli/kit/scope/scope';
import { unsettledStates } from '../appeals/states.js';

/** Appeals of a community that are not done, many communities a statement. */
export function countOpenAppeals(unscoped: Unscoped): DataLoader<string, number> {
  return new DataLoader(async (communities) => {
    const { rows } = await unscoped.query<{ code: string; count: string }>(
      `SELECT community_code AS code, count(*) AS count FROM appeal
       WHERE community_code = ANY($1::text[]) AND state = ANY($2::"AppealState"[]) GROUP BY 1`,
      [communities, unsettledStates],
    );
    const byCommunity = new Map(rows.map((row) => [row.code, Number(row.count)]));
    return communities.map((code) => byCommunity.get(code) ?? 0);
  });
}
