import type { SystemContext } from '../writing/system.js';
import { systemContext } from '../writing/system.js';
import { inTransaction, type Transactional } from '../writing/transaction.js';

/** Something that a department does by itself, time and again. */
export interface Job<Client> {
  /** Unique within the department. */
  readonly name: string;
  /** Seconds from one run to the next. */
  readonly everySeconds: number;
  /** Does what is due by `tx.now`, all or nothing; what was missed while nobody ran is then due as well. */
  readonly run: (tx: SystemContext<Client>) => Promise<void>;
}

const timeoutMs = 120_000;

/**
 * Runs a job if it is due and no other process is at it: its row is locked until it has ended, and the time of its next
 * run is written in the same transaction.
 * @returns whether it ran
 */
export async function runIfDue<Client extends Transactional>(
  client: Client,
  { name, everySeconds, run }: Job<Client>,
  now: Date,
): Promise<boolean> {
  return inTransaction(
    client,
    async (raw) => {
      const tx = systemContext<Client>(raw, now);
      await tx.query('INSERT INTO _linli_job (name, due_at) VALUES ($1, $2::timestamptz) ON CONFLICT DO NOTHING', [
        name,
        now.toISOString(),
      ]);
      const due = await tx.query(
        'SELECT name FROM _linli_job WHERE name = $1 AND due_at <= $2::timestamptz FOR UPDATE SKIP LOCKED',
        [name, now.toISOString()],
      );
      if (due.length === 0) return false;
      await run(tx);
      await tx.query(
        `UPDATE _linli_job SET due_at = $2::timestamptz, finished_at = $3::timestamptz, failures = 0 WHERE name = $1`,
        [name, new Date(now.getTime() + everySeconds * 1000).toISOString(), now.toISOString()],
      );
      return true;
    },
    timeoutMs,
  );
}
