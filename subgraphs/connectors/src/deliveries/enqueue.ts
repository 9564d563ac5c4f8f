import type { Consumers } from '@linli/kit/events/inbox';
import { nameOf } from '@linli/kit/events/event';
import type { Database } from '../database.js';
import type { InputJsonObject } from '../generated/prisma/internal/prismaNamespace.js';
import { platforms } from '../platforms.js';

/** The platforms that each event goes to. */
const takers = new Map<string, string[]>();
for (const { code, feeds } of platforms) {
  for (const name of feeds) takers.set(name, [...(takers.get(name) ?? []), code]);
}

/** Ids in the order in which the events came: what is delivered first is what came first. */
const sequence = "SELECT nextval('delivery_number')::text AS number";

/** Puts departments' events into the feed of each platform that takes them. */
export const feeds: Consumers<Database> = Object.fromEntries(
  [...takers].map(([name, codes]) => [
    name,
    async (event, tx) => {
      for (const platformCode of codes) {
        const [row] = await tx.query<{ number: string }>(sequence);
        await tx.all.delivery.create({
          data: {
            id: `out-${row!.number.padStart(12, '0')}`,
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
