import type { Statements } from '@linli/kit/writing/statements';

/** Spends from a community fund, where as much is left. @returns whether it was */
export async function spendFromFund({ query }: Statements, fundId: string, yuan: number): Promise<boolean> {
  const rows = await query(
    'UPDATE community_fund SET spent = spent + $2::integer WHERE id = $1 AND raised - spent >= $2::integer RETURNING id',
    [fundId, yuan],
  );
  return rows.length > 0;
}
