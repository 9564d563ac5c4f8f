import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../service/log.js';
import { systemContext, type SystemContext } from '../writing/system.js';
import { inTransaction, type Transactional } from '../writing/transaction.js';
import { nameOf, type LinliEvent } from './event.js';

/** What a department does about others' events, by their names: `'civil-affairs.AppealSubmitted'`. */
export type Consumers<Client> = Readonly<
  Record<string, (event: LinliEvent, tx: SystemContext<Client>) => Promise<void>>
>;

const attempts = 8;
const firstPause = 100;
const timeoutMs = 15_000;

/**
 * Handles each event once: that it was handled is written in the same transaction. One that fails again and again is put
 * aside among the dead ones (`_linli_dead_event`), so that it holds up no other.
 */
export function inbox<Client extends Transactional>(
  client: Client,
  consumers: Consumers<Client>,
  log: Log,
): (event: LinliEvent) => Promise<void> {
  const once = (event: LinliEvent, work: (tx: SystemContext<Client>) => Promise<void>) =>
    inTransaction(
      client,
      async (raw) => {
        const tx = systemContext<Client>(raw, new Date());
        const fresh = await tx.query(
          'INSERT INTO _linli_inbox (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
          [event.id, nameOf(event)],
        );
        if (fresh.length > 0) await work(tx);
      },
      timeoutMs,
    );
  return async (event) => {
    const consume = consumers[nameOf(event)];
    if (!consume) return;
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(event, (tx) => consume(event, tx));
      } catch (error) {
        const about = { event: event.id, name: nameOf(event), error: (error as Error).name };
        if (attempt === attempts) {
          log('error', 'an event could not be handled and is put aside', about);
          return once(event, async ({ query }) => {
            await query('INSERT INTO _linli_dead_event (id, event, reason) VALUES ($1, $2::jsonb, $3)', [
              event.id,
              JSON.stringify(event),
              (error as Error).name,
            ]);
          });
        }
        log('warn', 'an event could not be handled and is tried again', about);
        await sleep(firstPause * 2 ** (attempt - 1));
      }
    }
  };
}
