import DataLoader from 'dataloader';
import type { Pool } from 'pg';

/** Residents of a community whose family-doctor contract has not run out today in Shenzhen, many communities a statement. */
export function countContractedResidents(pool: Pool): DataLoader<string, number> {
  return new DataLoader(async (communities) => {
    const { rows } = await pool.query<{ code: string; count: string }>(
      `SELECT community_code AS code, count(*) AS count FROM family_doctor_contract
       WHERE community_code = ANY($1::text[]) AND expires_on >= (now() AT TIME ZONE 'Asia/Shanghai')::date GROUP BY 1`,
      [communities],
    );
    const byCommunity = new Map(rows.map((row) => [row.code, Number(row.count)]));
    return communities.map((code) => byCommunity.get(code) ?? 0);
  });
}
