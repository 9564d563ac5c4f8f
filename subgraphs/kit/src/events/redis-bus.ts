import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import type { Log } from '../service/log.js';
import type { EventBus, Handle } from './bus.js';
import { nameOf, type LinliEvent } from './event.js';

/** One stream for all departments keeps events in the order in which they were sent. */
const stream = 'linli:events';
/** Events that the stream keeps at least; older ones have been taken, or are missed by who was away too long. */
const keptEvents = 100_000;
/** Milliseconds that a consumer waits for news, and between two tries. */
const wait = 2000;
const consumer = 'department';
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
    // What was read and not handled comes first, in its order; all processes of a department are one consumer.
    let from = '0';
    let known = false;
    while (!closed) {
      try {
        if (!known) {
          await client.xGroupCreate(stream, group, '0', { MKSTREAM: true }).catch((error: Error) => {
            if (!error.message.startsWith('BUSYGROUP')) throw error;
          });
          known = true;
        }
        const read = (await client.xReadGroup(
          group,
          consumer,
          { key: stream, id: from },
          { COUNT: 10, BLOCK: wait },
        )) as { messages: { id: string; message: Record<string, string> | null }[] }[] | null;
        const entries = (read ?? []).flatMap(({ messages }) => messages);
        if (entries.length === 0) from = '>';
        for (const { id, message } of entries) {
          const text = message?.['event'];
          if (text !== undefined) {
            const event = JSON.parse(text) as LinliEvent;
            if (names.has(nameOf(event))) await handle(event);
          }
          await client.xAck(stream, group, id);
        }
      } catch (error) {
        if (closed) return;
        [from, known] = ['0', false];
        log('warn', 'events could not be taken and are taken again', { error: (error as Error).name });
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
