import { randomBytes } from 'node:crypto';
import type { WriteContext } from '@linli/kit/writing/mutation';
import { refuse, type Refusal } from '@linli/kit/writing/refusal';
import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';

/** What a mutation of this department works with. */
export type Tx = WriteContext<Database>;

/** What adds steps: a mutation, or the department itself, which is nobody in particular. */
export type Acting = SystemContext<Database> & { readonly subject?: Tx['subject'] };

/** An opaque key for something new: letters of its kind and 80 random bits. */
export function newId(kind: string): string {
  return `${kind}${randomBytes(10).toString('hex')}`;
}

/** That somebody else changed the row since its user looked at it. */
export function conflict(): Refusal {
  return refuse(['expectedVersion'], 'CONFLICT', '已被他人修改，请重新读取后再试。');
}

/** A row that was found; whether one that was not exists is not told. */
export function found<Row>(row: Row | null | undefined, field: string, what: string): Row {
  if (!row) throw refuse([field], 'NOT_FOUND', `没有这个${what}，或您无权办理，请核对后再试。`);
  return row;
}

/** Refuses where the row is no longer as its user saw it. */
export function requireVersion({ version }: { version: number }, expected: number | null | undefined): void {
  if (version !== expected) throw conflict();
}

/** The row that a conditional update changed; it changed none where somebody else came first. */
export function changed<Row>([row]: readonly Row[]): Row {
  if (!row) throw conflict();
  return row;
}

/**
 * Refuses what a state does not allow.
 * @param names what users know each state by
 */
export function requireState<State extends string>(
  state: State,
  allowed: readonly State[],
  names: Readonly<Record<State, string>>,
): void {
  if (allowed.includes(state)) return;
  const possible = allowed.map((each) => `“${names[each]}”`).join('、');
  throw refuse(null, 'WRONG_STATE', `当前状态为“${names[state]}”，只有${possible}的可以这样办理。`);
}

/** Adds a step to the course of something, whose row this transaction has changed and so holds. */
export async function addStep(tx: Acting, subject: string, state: string, note?: string | null): Promise<void> {
  const number = (await tx.all.courseStep.count({ where: { subject } })) + 1;
  await tx.all.courseStep.create({
    data: {
      id: `${subject}#${String(number).padStart(3, '0')}`,
      subject,
      at: tx.now,
      state,
      actor: tx.subject?.staffId ?? null,
      note: note ?? null,
    },
  });
}
