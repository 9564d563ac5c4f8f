import { randomUUID } from 'node:crypto';
import { refuse } from '@linli/kit/writing/refusal';
import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';
import type { Tx } from '../context.js';

/** A new key: opaque, and in no order. */
export function newId(letter: string): string {
  return `${letter}-${randomUUID()}`;
}

/** Who is writing, as a step of a case names them. */
export function actorOf({ subject }: Pick<Tx, 'subject'>): string | null {
  return subject.staffId ?? subject.residentId ?? null;
}

/** Adds a step to the course of a case. */
export async function recordStep(
  tx: Pick<SystemContext<Database>, 'all' | 'now'>,
  step: { caseId: string; state: string; note?: string | null; actor: string | null },
): Promise<void> {
  const { note = null, ...rest } = step;
  await tx.all.caseStep.create({ data: { id: newId('s'), at: tx.now, note, ...rest } });
}

const changed = '已被他人修改，请重新读取后再试。';

/** @throws Refusal CONFLICT where the row is no longer the one that the user looked at */
export function requireVersion({ version }: { version: number }, expected: number): void {
  if (version !== expected) throw refuse(['expectedVersion'], 'CONFLICT', changed);
}

/**
 * Holds a change to the version that was read, against others who write at the same time.
 * @param result of an `updateMany` that names the version in its condition
 */
export function requireChanged({ count }: { count: number }): void {
  if (count === 0) throw refuse(['expectedVersion'], 'CONFLICT', changed);
}
