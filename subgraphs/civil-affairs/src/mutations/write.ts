import type { WriteContext } from '@linli/kit/writing/mutation';
import { refuse, type Refusal } from '@linli/kit/writing/refusal';
import type { Database } from '../database.js';
import type { Resident } from '../generated/prisma/client.js';

/** What a mutation of this department works with. */
export type Tx = WriteContext<Database>;

/** A row that the caller may write; whether there is one that they may not is not told. */
export function found<Row>(row: Row | null | undefined, field = 'id'): Row {
  if (row == null) throw refuse([field], 'NOT_FOUND', '没有这一项，或您无权办理，请核对。');
  return row;
}

/** The row as a conditional update left it; where it met none, somebody else was faster. */
export function changed<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw stale();
  return row;
}

export function stale(): Refusal {
  return refuse(['expectedVersion'], 'CONFLICT', '已被他人修改，请重新读取后再试。');
}

/** Refuses what was decided by an older version of a row than the one that is there. */
export function requireVersion(row: { version: number }, expected: number): void {
  if (row.version !== expected) throw stale();
}

/**
 * Refuses what a state does not allow, and says what would.
 * @param names the states as users call them
 * @param doing what was wanted: 审批
 */
export function requireState<State extends string>(
  state: State,
  allowed: readonly State[],
  names: Readonly<Record<State, string>>,
  doing: string,
): void {
  if (allowed.includes(state)) return;
  const possible = allowed.map((each) => `“${names[each]}”`).join('、');
  throw refuse(null, 'WRONG_STATE', `现在的状态是“${names[state]}”，只有${possible}的可以${doing}。`);
}

/** A resident for whom the caller may do this; nobody is told whether there is one for whom they may not. */
export async function servedResident(tx: Tx, id: string, field = 'residentId'): Promise<Resident> {
  const resident = await tx.all.resident.findUnique({ where: { id } });
  tx.requireRelation([field], {
    subject: id,
    community: resident?.communityCode ?? null,
    assigned: resident?.handlers ?? [],
  });
  return found(resident, field);
}

/** The member of staff who writes. */
export function staffOf(tx: Tx): string {
  const { staffId } = tx.subject;
  if (staffId === undefined) throw refuse(null, 'NOT_ALLOWED', '只有工作人员可以办理，请使用工作账号。');
  return staffId;
}
