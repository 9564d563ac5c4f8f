import { Webhook } from 'standardwebhooks';
import type { Agreement } from '../settings.js';

/** Milliseconds that a platform has to answer. */
const timeoutMs = 10_000;

/** One event, as it is sent. */
export interface Sending {
  /** The platform drops what it has seen by this. */
  readonly eventId: string;
  readonly payload: unknown;
}

/**
 * Sends an event to a platform, signed (Standard Webhooks). Anything but a 2xx answer counts as failed; redirects are not
 * followed, since they could lead a signed event anywhere.
 * @returns undefined when it was taken, else why not, without a word of the platform's own
 */
export async function send({ secret, url }: Agreement, { eventId, payload }: Sending): Promise<string | undefined> {
  const body = JSON.stringify(payload);
  const now = new Date();
  try {
    const response = await fetch(url!, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'webhook-id': eventId,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(eventId, now, body),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    return name === 'TimeoutError' ? `no answer in ${timeoutMs / 1000} s` : (cause?.code ?? 'not reachable');
  }
}
