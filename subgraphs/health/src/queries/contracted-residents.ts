import type { Unscoped } from '@linli/kit/scope/scope';
import DataLoader from 'dataloader';

/**
 * A statistic: how many residents of a community have a family-doctor contract that has not run out today in Shenzhen, many
 * communities a statement. It counts all, whoever asks, and shows nobody.
 */
export function countContractedResidents(unscoped: Unscoped): DataLoader<string, number> {
  return new DataLoader(async (communities) => {
    const { rows } = await unscoped.query<{ code: string; count: string }>(
      `SELECT community_code AS code, count(*) AS count FROM family_doctor_contract
       WHERE community_code = ANY($1::text[]) AND expires_on >= (now() AT TIME ZONE 'Asia/Shanghai')::date GROUP BY 1`,
      [communities],
    );
    const byCommunity = new Map(rows.map((row) => [row.code, Number(row.count)]));
    return communities.map((code) => byCommunity.get(code) ?? 0);
  });
}
