import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import type { Log } from '../service/log.js';
import type { EventBus, Handle } from './bus.js';
import { nameOf, type LinliEvent } from './event.js';

/** One stream for all departments keeps events in the order in which they were sent. */
const stream = 'linli:events';
/** Events that the stream keeps at least; older ones have been taken, or are missed by who was away too long. */
const keptEvents = 100_000;
/** Milliseconds that a consumer waits for news, and after which what another one left unhandled is taken over. */
const wait = 2000;
const takeOverAfter = 60_000;
const connectWithin = 3000;

/** Redis Streams: what was published is kept until every department has handled it. */
export function redisBus(url: string, log: Log): EventBus {
  const clients: { destroy(): void }[] = [];
  let closed = false;

  const connect = async () => {
    const client = createClient({
      url,
      socket: { connectTimeout: connectWithin, reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 5000) },
      disableOfflineQueue: true,
    });
    client.on('error', (error: Error) => log('warn', 'Redis cannot be reached', { error: error.name }));
    clients.push(client);
    // With a strategy to connect again this goes on while Redis is down: the service starts all the same.
    const connected = client.connect();
    connected.catch(() => undefined);
    await Promise.race([connected, sleep(connectWithin)]);
    return client;
  };
  type RedisClient = Awaited<ReturnType<typeof connect>>;
  let publisher: Promise<RedisClient> | undefined;

  async function consume(client: RedisClient, group: string, names: ReadonlySet<string>, handle: Handle) {
    const consumer = `${process.pid}`;
    const take = async (entries: readonly ({ id: string; message: Record<string, string> } | null)[]) => {
      for (const entry of entries) {
        if (!entry) continue;
        const event = JSON.parse(entry.message['event']!) as LinliEvent;
        if (names.has(nameOf(event))) await handle(event);
        await client.xAck(stream, group, entry.id);
      }
    };
    let known = false;
    while (!closed) {
      try {
        if (!known) {
          await client.xGroupCreate(stream, group, '0', { MKSTREAM: true }).catch((error: Error) => {
            if (!error.message.startsWith('BUSYGROUP')) throw error;
          });
          known = true;
        }
        const left = await client.xAutoClaim(stream, group, consumer, takeOverAfter, '0', { COUNT: 10 });
        await take(left.messages);
        const read = await client.xReadGroup(group, consumer, { key: stream, id: '>' }, { COUNT: 10, BLOCK: wait });
        for (const { messages } of (read as { messages: Parameters<typeof take>[0] }[] | null) ?? [])
          await take(messages);
      } catch (error) {
        if (closed) return;
        known = false;
        log('warn', 'events could not be taken and are taken later', { error: (error as Error).name });
        await sleep(wait);
      }
    }
  }

  return {
    async publish(event) {
      const client = await (publisher ??= connect());
      await client.xAdd(
        stream,
        '*',
        { event: JSON.stringify(event) },
        {
          TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: keptEvents },
        },
      );
    },
    async subscribe(department, names, handle) {
      // Reading blocks its connection: it has one of its own.
      void consume(await connect(), `linli:${department}`, new Set(names), handle);
    },
    async close() {
      closed = true;
      for (const client of clients) client.destroy();
    },
  };
}
