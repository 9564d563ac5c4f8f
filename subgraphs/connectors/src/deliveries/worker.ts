import type { Tools } from '@linli/kit/service/subgraph';
import type { Database } from '../database.js';
import type { Agreements } from '../settings.js';
import { attemptsAtMost, pauseAfter } from './schedule.js';
import { send } from './send.js';

/** Deliveries that are under way at once. */
const width = 8;
/** Seconds for which a process has what it took; should it end meanwhile, another one takes it then. */
const leaseSeconds = 30;
/** Milliseconds between two looks when there is nothing to do. */
const pauseMs = 500;

interface Due {
  id: string;
  platform_code: string;
  event_id: string;
  payload: unknown;
  attempts: number;
}

/**
 * Takes what is due: of each platform and key the first alone, so that its events arrive in their order. What is taken is
 * due again only after the lease.
 */
const take = `UPDATE delivery SET next_attempt_at = $1::timestamptz + interval '${leaseSeconds} seconds'
  WHERE id IN (
    SELECT d.id FROM delivery d JOIN platform p ON p.code = d.platform_code AND p.active
    WHERE d.state = 'PENDING' AND d.next_attempt_at <= $1::timestamptz AND d.platform_code = ANY($2::text[])
      AND NOT EXISTS (SELECT 1 FROM delivery e WHERE e.platform_code = d.platform_code AND e.key = d.key
        AND e.state = 'PENDING' AND e.id < d.id)
    ORDER BY d.id LIMIT ${width} FOR UPDATE OF d SKIP LOCKED)
  RETURNING id, platform_code, event_id, payload, attempts`;

const done = `UPDATE delivery SET state = 'DELIVERED', attempts = attempts + 1, last_error = NULL, next_attempt_at = NULL,
  delivered_at = $2::timestamptz, version = version + 1 WHERE id = $1`;
const again = `UPDATE delivery SET attempts = attempts + 1, last_error = $2, next_attempt_at = $3::timestamptz,
  version = version + 1 WHERE id = $1`;
const dead = `UPDATE delivery SET state = 'DEAD', attempts = attempts + 1, last_error = $2, next_attempt_at = NULL,
  version = version + 1 WHERE id = $1`;

/** Sends what is due to those platforms with which a place for it was agreed. @returns how many were tried */
export async function deliverDue({ transaction, log }: Tools<Database>, agreements: Agreements): Promise<number> {
  const reachable = Object.keys(agreements).filter((code) => agreements[code]?.url !== undefined);
  const due = await transaction((tx) => tx.query<Due>(take, [tx.now.toISOString(), reachable]));
  await Promise.all(
    due.map(async ({ id, platform_code: code, event_id: eventId, payload, attempts }) => {
      const failure = await send(agreements[code]!, { eventId, payload });
      if (failure === undefined) {
        await transaction((tx) => tx.query(done, [id, tx.now.toISOString()]));
        return;
      }
      const failed = attempts + 1;
      log('warn', 'a platform did not take an event', { delivery: id, platform: code, failure, attempts: failed });
      if (failed >= attemptsAtMost) await transaction((tx) => tx.query(dead, [id, failure]));
      else {
        const next = new Date(Date.now() + pauseAfter(failed, Math.random()));
        await transaction((tx) => tx.query(again, [id, failure, next.toISOString()]));
      }
    }),
  );
  return due.length;
}

/** Delivers as long as the service runs. @returns ends it when what is under way has ended */
export function startDeliveries(tools: Tools<Database>, agreements: Agreements): () => Promise<void> {
  let stopped = false;
  let wake = () => undefined as void;
  const run = async () => {
    while (!stopped) {
      const tried = await deliverDue(tools, agreements).catch((error: Error) => {
        tools.log('error', 'deliveries could not be made', { error: error.name });
        return 0;
      });
      if (tried > 0 || stopped) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, pauseMs);
      });
    }
  };
  const running = run();
  return async () => {
    stopped = true;
    wake();
    await running;
  };
}
