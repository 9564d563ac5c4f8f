import { hash } from 'node:crypto';
import type { Subject } from '@linli/schema/subject';
import { LRUCache } from '../lru.js';

interface Known {
  readonly subject: Subject;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Tokens that are known by their digest, and those of the last requests, known by themselves. */
const known = 10_000;
const latest = 50;

/**
 * Subjects of verified tokens until these expire. They are known by the token's SHA-256, so that no tokens pile up in
 * memory; but for those of the last few requests, which are there anyway: to find them takes a tenth of a digest's time.
 */
export class TokenCache {
  readonly #byDigest = new LRUCache<string, Known>(known);
  readonly #latest = new LRUCache<string, Known>(latest);

  /** @param now milliseconds since 1970 */
  get(token: string, now: number): Subject | undefined {
    const recent = this.#latest.get(token);
    if (recent) return recent.expiresAt > now ? recent.subject : undefined;
    const found = this.#byDigest.get(digestOf(token));
    if (!found || found.expiresAt <= now) return undefined;
    this.#latest.set(token, found);
    return found.subject;
  }

  set(token: string, subject: Subject, expiresAt: number): void {
    this.#byDigest.set(digestOf(token), { subject, expiresAt });
    this.#latest.set(token, { subject, expiresAt });
  }

  /** How many tokens are known. */
  get size(): number {
    return this.#byDigest.size;
  }

  clear(): void {
    this.#byDigest.clear();
    this.#latest.clear();
  }
}

/** In one call: an object for it would be waited for by the garbage collector, once a request. */
function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}
