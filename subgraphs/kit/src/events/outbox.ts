import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Pool } from 'pg';
import type { Log } from '../service/log.js';
import type { Statements } from '../writing/statements.js';
import type { EventBus } from './bus.js';
import { nameOf, type LinliEvent, type NewEvent } from './event.js';

/** The channel on which PostgreSQL tells all processes of a department that there are events. */
export const outboxChannel = 'linli_outbox';

/**
 * Puts events into the outbox within a transaction. Who writes an event of a key holds others of that key back until the
 * transaction ends: numbers are in the order of commits, key by key.
 */
export function emitter({ query }: Statements, now: Date): (event: NewEvent) => Promise<void> {
  return async ({ type, key, data }) => {
    await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))::text', [key]);
    const [row] = await query<{ seq: bigint }>(
      'INSERT INTO _linli_outbox (type, key, data, at) VALUES ($1, $2, $3::jsonb, $4::timestamptz) RETURNING seq',
      [type, key, JSON.stringify(data), now.toISOString()],
    );
    await query(`SELECT pg_notify('${outboxChannel}', $1)::text`, [String(row!.seq)]);
  };
}

interface OutboxRow {
  seq: string;
  type: string;
  key: string;
  data: Record<string, unknown>;
  at: Date;
}

function eventOf(department: string, { seq, type, key, data, at }: OutboxRow): LinliEvent {
  return { id: `${department}:${seq}`, department, type, key, data, at: at.toISOString() };
}

const columns = 'seq, type, key, data, at';

/** Reads an event by its number. */
export async function readEvent(pool: Pool, department: string, seq: string): Promise<LinliEvent | undefined> {
  const { rows } = await pool.query<OutboxRow>(`SELECT ${columns} FROM _linli_outbox WHERE seq = $1`, [seq]);
  return rows[0] && eventOf(department, rows[0]);
}

/** Any fixed number: held by the one process of a department that sends its events. */
const relayLock = 7_226_312;
const batch = 100;
const firstPause = 500;
const longestPause = 30_000;
/** Days that events are kept after they were sent. */
const keptDays = 7;

/**
 * Sends a department's events in the order of their numbers. Where one cannot be sent, those of its key wait for it, and
 * the others go on. Only one process of a department does this at a time.
 */
export class Relay {
  readonly #pauses = new Map<string, { until: number; length: number }>();
  #leading = false;
  #again = false;
  #running: Promise<void> | undefined;

  /**
   * @param client a connection of its own, which holds the lock as long as it lives
   */
  constructor(
    readonly department: string,
    readonly client: Client,
    readonly bus: EventBus,
    readonly log: Log,
  ) {}

  /** Sends what there is; called at each notification and now and then. */
  wake(): void {
    this.#again = true;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async stop(): Promise<void> {
    this.#again = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        if (await this.#lead()) await this.#send();
      } catch (error) {
        this.log('error', 'events could not be read', { error: (error as Error).name });
        await sleep(firstPause);
      }
    }
  }

  async #lead(): Promise<boolean> {
    if (this.#leading) return true;
    const { rows } = await this.client.query<{ won: boolean }>('SELECT pg_try_advisory_lock($1) AS won', [relayLock]);
    this.#leading = rows[0]!.won;
    if (this.#leading) await this.#forget();
    return this.#leading;
  }

  async #send(): Promise<void> {
    let after = '0';
    for (;;) {
      const { rows } = await this.client.query<OutboxRow>(
        `SELECT ${columns} FROM _linli_outbox WHERE sent_at IS NULL AND seq > $1 ORDER BY seq LIMIT ${batch}`,
        [after],
      );
      for (const row of rows) {
        after = row.seq;
        if ((this.#pauses.get(row.key)?.until ?? 0) > Date.now()) continue;
        await this.#sendOne(row);
      }
      if (rows.length < batch) return;
    }
  }

  async #sendOne(row: OutboxRow): Promise<void> {
    const event = eventOf(this.department, row);
    try {
      await this.bus.publish(event);
    } catch (error) {
      const length = Math.min((this.#pauses.get(row.key)?.length ?? firstPause / 2) * 2, longestPause);
      this.#pauses.set(row.key, { until: Date.now() + length, length });
      setTimeout(() => this.wake(), length).unref();
      this.log('warn', 'an event could not be sent and is sent again', {
        event: event.id,
        name: nameOf(event),
        reason: (error as Error).message,
        afterMs: length,
      });
      return;
    }
    this.#pauses.delete(row.key);
    await this.client.query('UPDATE _linli_outbox SET sent_at = now() WHERE seq = $1', [row.seq]);
  }

  async #forget(): Promise<void> {
    await this.client.query(`DELETE FROM _linli_outbox WHERE sent_at < now() - interval '${keptDays} days'`);
  }
}
