import type { Consumers } from '@linli/kit/events/inbox';
import { nameOf } from '@linli/kit/events/event';
import type { Database } from '../database.js';
import type { InputJsonObject } from '../generated/prisma/internal/prismaNamespace.js';
import { platforms } from '../platforms.js';
import { nextDeliveryNumber } from '../queries/delivery-number.js';

/** The platforms that each event goes to. */
const takers = new Map<string, string[]>();
for (const { code, feeds } of platforms) {
  for (const name of feeds) takers.set(name, [...(takers.get(name) ?? []), code]);
}

/** Puts departments' events into the feed of each platform that takes them. */
export const feeds: Consumers<Database> = Object.fromEntries(
  [...takers].map(([name, codes]) => [
    name,
    async (event, tx) => {
      for (const platformCode of codes) {
        const number = await nextDeliveryNumber(tx);
        await tx.all.delivery.create({
          data: {
            id: `out-${number.padStart(12, '0')}`,
            platformCode,
            event: nameOf(event),
            eventId: event.id,
            key: event.key,
            // An event came as JSON and leaves as JSON.
            payload: event as unknown as InputJsonObject,
            occurredAt: new Date(event.at),
            nextAttemptAt: tx.now,
          },
        });
      }
    },
  ]),
);
