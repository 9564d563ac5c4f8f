import { Webhook } from 'standardwebhooks';

/** An event that the hub sent to a platform. */
export interface Taken {
  readonly id: string;
  readonly event: unknown;
}

/** Events that are kept for looking at. */
const kept = 1000;

/**
 * A platform that takes the hub's events: it checks each signature as the real one would, takes an event once, and can be
 * told to be away.
 */
export class Feed {
  readonly taken: Taken[] = [];
  /** While true it answers 503. */
  away = false;
  readonly #seen = new Set<string>();
  readonly #webhook: Webhook;

  constructor(secret: string) {
    this.#webhook = new Webhook(secret);
  }

  /** @returns the HTTP status */
  take(body: string, headers: Record<string, string>): number {
    if (this.away) return 503;
    try {
      this.#webhook.verify(body, headers);
    } catch {
      return 401;
    }
    const id = headers['webhook-id']!;
    if (this.#seen.has(id)) return 200;
    this.#seen.add(id);
    this.taken.push({ id, event: JSON.parse(body) as unknown });
    if (this.taken.length > kept) this.taken.shift();
    return 202;
  }
}
