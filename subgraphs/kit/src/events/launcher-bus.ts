import { z } from 'zod';
import type { EventBus, Handle } from './bus.js';
import type { LinliEvent } from './event.js';

/** What a service and the launcher that started it say to each other of events. */
export type BusMessage =
  | { type: 'subscribe'; department: string; names: readonly string[] }
  | { type: 'publish'; id: string; event: LinliEvent }
  | { type: 'published'; id: string; error?: string }
  | { type: 'deliver'; id: string; event: LinliEvent }
  | { type: 'delivered'; id: string; error?: string };

const event = z.object({
  id: z.string(),
  department: z.string(),
  type: z.string(),
  key: z.string(),
  data: z.record(z.string(), z.unknown()),
  at: z.string(),
});
const heard = z.discriminatedUnion('type', [
  z.object({ type: z.literal('published'), id: z.string(), error: z.string().optional() }),
  z.object({ type: z.literal('deliver'), id: z.string(), event }),
]);

/** The channel to the launcher: this process. */
export interface Channel {
  send?: (message: BusMessage) => void;
  on(name: 'message', listener: (message: unknown) => void): unknown;
  off(name: 'message', listener: (message: unknown) => void): unknown;
}

/** Milliseconds after which an event counts as not published. */
const patience = 60_000;

/** Between the processes of a local hub: the launcher hands events on. */
export function launcherBus(channel: Channel): EventBus {
  const waiting = new Map<string, (error: string | undefined) => void>();
  let handle: Handle | undefined;
  const send = (message: BusMessage) => channel.send?.(message);
  const listener = (raw: unknown) => {
    const message = heard.safeParse(raw);
    if (!message.success) return;
    if (message.data.type === 'published') return waiting.get(message.data.id)?.(message.data.error);
    const { id, event } = message.data;
    (handle?.(event) ?? Promise.resolve()).then(
      () => send({ type: 'delivered', id }),
      (error: Error) => send({ type: 'delivered', id, error: error.name }),
    );
  };
  channel.on('message', listener);
  return {
    publish: (event) =>
      new Promise<void>((resolve, reject) => {
        const { id } = event;
        const end = (error: string | undefined) => {
          clearTimeout(timer);
          waiting.delete(id);
          if (error === undefined) resolve();
          else reject(new Error(error));
        };
        const timer = setTimeout(() => end('the launcher does not answer'), patience);
        waiting.set(id, end);
        send({ type: 'publish', id, event });
      }),
    async subscribe(department, names, handler) {
      handle = handler;
      send({ type: 'subscribe', department, names });
    },
    async close() {
      channel.off('message', listener);
      for (const end of [...waiting.values()]) end('the service stops');
    },
  };
}
