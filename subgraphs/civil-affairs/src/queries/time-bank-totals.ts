import type { Unscoped } from '@linli/kit/scope/scope';

export interface TimeBankTotals {
  issued: number;
  redeemed: number;
  held: number;
}

/** Minutes that all accounts of the city hold, by their kinds: what was issued is what was redeemed and what is held. */
export async function timeBankTotals(unscoped: Unscoped): Promise<TimeBankTotals> {
  const { rows } = await unscoped.query<{ kind: string; minutes: string }>(
    'SELECT kind, sum(balance) AS minutes FROM time_bank_account GROUP BY kind',
  );
  const sum = (kind: string) => Number(rows.find((row) => row.kind === kind)?.minutes ?? 0);
  return { issued: 0 - sum('ISSUING'), redeemed: sum('REDEMPTION'), held: sum('PERSONAL') };
}
