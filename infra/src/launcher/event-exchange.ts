import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Service } from './service.js';

/**
 * What services and launcher say to each other of events; the launcher looks at the name of an event alone. Kept by the
 * kit's `events/launcher-bus.ts` on the other side.
 */
const heard = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribe'), department: z.string(), names: z.array(z.string()) }),
  z.object({
    type: z.literal('publish'),
    id: z.string(),
    event: z.looseObject({ department: z.string(), type: z.string() }),
  }),
  z.object({ type: z.literal('delivered'), id: z.string(), error: z.string().optional() }),
]);

type Delivered = (error: string | undefined) => void;

/**
 * Hands events from one department's process to the others that want them. An event is published when everybody has
 * handled it; where somebody is away, or fails, whoever sent it is told, and sends it again.
 */
export class EventExchange {
  readonly #wanted = new Map<Service, ReadonlySet<string>>();
  readonly #waiting = new Map<string, { service: Service; delivered: Delivered }>();
  #open = false;

  /** Until every department runs it is not known who wants what. */
  open(): void {
    this.#open = true;
  }

  /** A message of a service's process. */
  hear(service: Service, raw: unknown): void {
    const message = heard.safeParse(raw);
    if (!message.success) return;
    const { data } = message;
    if (data.type === 'subscribe') this.#wanted.set(service, new Set(data.names));
    else if (data.type === 'delivered') this.#waiting.get(data.id)?.delivered(data.error);
    else {
      void this.#publish(data.event).then(
        () => service.send({ type: 'published', id: data.id }),
        (error: Error) => service.send({ type: 'published', id: data.id, error: error.message }),
      );
    }
  }

  /** A service's process is gone, or has a new one: what it was given it may not have handled. */
  changed(service: Service): void {
    if (service.state === 'ready') return;
    for (const { service: to, delivered } of [...this.#waiting.values()]) {
      if (to === service) delivered(`${service.name} went away`);
    }
  }

  async #publish(event: { department: string; type: string }): Promise<void> {
    if (!this.#open) throw new Error('the hub is still starting');
    const name = `${event.department}.${event.type}`;
    const takers = [...this.#wanted].filter(([, names]) => names.has(name)).map(([service]) => service);
    await Promise.all(takers.map((service) => this.#deliver(service, event)));
  }

  #deliver(service: Service, event: object): Promise<void> {
    if (service.state !== 'ready') return Promise.reject(new Error(`${service.name} is not running`));
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const delivered: Delivered = (error) => {
        this.#waiting.delete(id);
        if (error === undefined) resolve();
        else reject(new Error(`${service.name}: ${error}`));
      };
      this.#waiting.set(id, { service, delivered });
      service.send({ type: 'deliver', id, event });
    });
  }
}
