import type { Tools } from '@linli/kit/service/subgraph';
import type { Database } from '../database.js';
import { noteDelivered, noteFailed, takeDue } from '../queries/due-deliveries.js';
import type { Agreements } from '../settings.js';
import { attemptsAtMost, pauseAfter } from './schedule.js';
import { send } from './send.js';

/** Milliseconds between two looks when there is nothing to do. */
const pauseMs = 500;

/** Sends what is due to those platforms with which a place for it was agreed. @returns how many were tried */
export async function deliverDue({ transaction, log }: Tools<Database>, agreements: Agreements): Promise<number> {
  const reachable = Object.keys(agreements).filter((code) => agreements[code]?.url !== undefined);
  const due = await transaction((tx) => takeDue(tx, tx.now, reachable));
  await Promise.all(
    due.map(async ({ id, platform_code: code, event_id: eventId, payload, attempts }) => {
      const failure = await send(agreements[code]!, { eventId, payload });
      if (failure === undefined) {
        await transaction((tx) => noteDelivered(tx, id, tx.now));
        return;
      }
      const failed = attempts + 1;
      log('warn', 'a platform did not take an event', { delivery: id, platform: code, failure, attempts: failed });
      const next = failed < attemptsAtMost ? new Date(Date.now() + pauseAfter(failed, Math.random())) : undefined;
      await transaction((tx) => noteFailed(tx, id, failure, next));
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
