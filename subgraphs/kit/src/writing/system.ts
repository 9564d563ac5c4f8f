import type { NewEvent } from '../events/event.js';
import { emitter } from '../events/outbox.js';
import type { Statements } from './statements.js';
import type { Models, TransactionClient } from './transaction.js';

/** What the department itself works with, in one transaction: for nobody in particular, past every scope. */
export interface SystemContext<Client> extends Statements {
  /** One time for the whole transaction. */
  readonly now: Date;
  /** The models past every scope. */
  readonly all: Models<Client>;
  /** Holds others with the same name back until this transaction ends. */
  readonly lock: (name: string) => Promise<void>;
  /** Puts an event into the outbox: it is sent if, and only if, this transaction is committed. */
  readonly emit: (event: NewEvent) => Promise<void>;
}

/** The department's own way into a transaction. */
export function systemContext<Client>(tx: TransactionClient, now: Date): SystemContext<Client> {
  const query = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await tx.$queryRawUnsafe(text, ...values)) as Row[];
  return {
    now,
    all: tx as unknown as Models<Client>,
    query,
    // Prisma reads no column of type void.
    lock: async (name) => void (await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', [name])),
    emit: emitter({ query }, now),
  };
}
