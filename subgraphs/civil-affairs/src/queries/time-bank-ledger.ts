import { refuse } from '@linli/kit/writing/refusal';
import type { SystemContext } from '@linli/kit/writing/system';
import type { TimeBankAccountKind, TimeBankTransferKind } from '../generated/graphql.js';
import { newTimeId } from '../new-id.js';

interface Account {
  id: string;
  kind: TimeBankAccountKind;
  balance: number;
}

/**
 * Moves minutes from one account to another: two entries in one statement, from which the database makes the balances.
 * Accounts are locked in the order of their ids, so that transfers in both directions do not wait for each other.
 * @returns the transfer's id
 * @throws Refusal INVALID where a personal account does not hold as much
 */
export async function moveTime(
  { query, emit, now }: Pick<SystemContext<unknown>, 'query' | 'emit' | 'now'>,
  move: { kind: TimeBankTransferKind; from: string; to: string; minutes: number; note: string },
): Promise<string> {
  const { kind, from, to, minutes, note } = move;
  const accounts = await query<Account>(
    'SELECT id, kind, balance FROM time_bank_account WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE',
    [[from, to]],
  );
  const account = (id: string) => accounts.find((each) => each.id === id)!;
  const left = account(from).balance - minutes;
  if (account(from).kind !== 'ISSUING' && left < 0) {
    throw refuse(['minutes'], 'INVALID', `余额不足：账户现有 ${account(from).balance} 分钟，请减少时长。`);
  }
  const transferId = newTimeId('x', now);
  await query(
    `INSERT INTO time_bank_entry (id, transfer_id, account_id, kind, minutes, balance, at, note) VALUES
       ($1 || 'a', $1, $2, $3::"TimeBankTransferKind", 0 - $5::integer, $6::integer, $8::timestamptz, $9),
       ($1 || 'b', $1, $4, $3::"TimeBankTransferKind", $5::integer, $7::integer, $8::timestamptz, $9)`,
    [transferId, from, kind, to, minutes, left, account(to).balance + minutes, now.toISOString(), note],
  );
  await emit({ type: 'HoursMoved', key: transferId, data: { transferId, kind, minutes } });
  return transferId;
}
