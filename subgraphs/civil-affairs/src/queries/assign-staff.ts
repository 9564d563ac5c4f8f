import type { Statements } from '@linli/kit/writing/statements';

/** From now on these staff handle these residents, and so the households that they live in. */
export async function assignStaff(
  { query }: Statements,
  residents: readonly string[],
  staff: readonly string[],
): Promise<void> {
  const added = 'handlers = ARRAY(SELECT DISTINCT unnest(handlers || $2::text[]) ORDER BY 1)';
  await query(`UPDATE resident SET ${added} WHERE id = ANY($1::text[]) AND NOT handlers @> $2::text[]`, [
    residents,
    staff,
  ]);
  await query(`UPDATE household SET ${added} WHERE member_ids && $1::text[] AND NOT handlers @> $2::text[]`, [
    residents,
    staff,
  ]);
}
