import { z } from 'zod';

/** How many processes answer on one port, and how many should. */
export interface WorkerCount {
  alive: number;
  of: number;
}

/** What a worker tells the primary once it answers; the same as a service tells its launcher. */
const ready = z.object({ type: z.literal('ready'), url: z.string() });

/** The URL in a worker's message that it answers; undefined for any other message. */
export function readyUrl(message: unknown): string | undefined {
  const { data } = ready.safeParse(message);
  return data?.url;
}

/** What the primary tells each worker, whenever it changes. */
const count = z.object({ type: z.literal('workers'), alive: z.number(), of: z.number() });

export function countMessage({ alive, of }: WorkerCount): z.infer<typeof count> {
  return { type: 'workers', alive, of };
}

/** Keeps the count that the primary told last. */
export function heardCount(): () => WorkerCount {
  let last: WorkerCount = { alive: 1, of: 1 };
  process.on('message', (message) => {
    const { data } = count.safeParse(message);
    if (data) last = { alive: data.alive, of: data.of };
  });
  return () => last;
}
