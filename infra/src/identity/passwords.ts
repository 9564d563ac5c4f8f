import { createHash, timingSafeEqual } from 'node:crypto';
import type { Realm, RealmUser } from './realm.js';

/** Names tried by a guesser are remembered up to this many; the oldest is forgotten first. */
const rememberedNames = 10_000;

interface Failures {
  count: number;
  last: number;
  lockedUntil: number;
}

/**
 * Checks passwords against the realm file and holds back guessers by the realm's own brute-force settings: after
 * `failureFactor` failures a name is refused for `waitIncrementSeconds`, longer with each further round, whatever
 * password is given. Unknown names are treated alike, so that nobody learns which names exist.
 */
export class Passwords {
  readonly #realm: Realm;
  readonly #now: () => number;
  readonly #failures = new Map<string, Failures>();

  /** @param now milliseconds since 1970 */
  constructor(realm: Realm, now: () => number = Date.now) {
    this.#realm = realm;
    this.#now = now;
  }

  /** The user whose name and password these are, or undefined; it says nothing of why not. */
  check(username: string, password: string): RealmUser | undefined {
    const name = username.trim().toLowerCase();
    const user = this.#realm.users.find((one) => one.username === name && isPerson(one));
    const expected = user?.credentials.find((one) => one.type === 'password')?.value;
    const right = equal(password, expected ?? '') && expected !== undefined;
    if (this.#locked(name)) return undefined;
    if (right) this.#failures.delete(name);
    else this.#fail(name);
    return right ? user : undefined;
  }

  #locked(name: string): boolean {
    return this.#realm.bruteForceProtected && (this.#failures.get(name)?.lockedUntil ?? 0) > this.#now();
  }

  #fail(name: string): void {
    const { failureFactor, waitIncrementSeconds, maxFailureWaitSeconds, maxDeltaTimeSeconds } = this.#realm;
    const now = this.#now();
    const before = this.#failures.get(name);
    const count = before && now - before.last < maxDeltaTimeSeconds * 1000 ? before.count + 1 : 1;
    const wait = Math.min(Math.floor(count / failureFactor) * waitIncrementSeconds, maxFailureWaitSeconds);
    this.#failures.delete(name);
    this.#failures.set(name, { count, last: now, lockedUntil: now + wait * 1000 });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > rememberedNames && !oldest.done) this.#failures.delete(oldest.value);
  }
}

function isPerson(user: RealmUser): boolean {
  return user.enabled && user.serviceAccountClientId === undefined;
}

/** Compares digests, so that neither length nor first difference shows in the time taken. */
function equal(given: string, expected: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
