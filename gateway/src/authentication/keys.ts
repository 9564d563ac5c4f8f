import type { CryptoKey, JWK } from 'jose';
import { importJWK } from 'jose';
import type { IssuerMetadata } from './issuer.js';
import { IssuerFault, discover, fetchKeys } from './issuer.js';

/** The algorithms a token may be signed with: asymmetric ones alone, so that no public key serves as a secret. */
export const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

const keyTypes: Readonly<Record<string, string>> = { RS256: 'RSA', PS256: 'RSA', ES256: 'EC', EdDSA: 'OKP' };

/** A key set is fetched anew when it is older than this, so that a key taken back stops to count. */
const maxAge = 10 * 60_000;
/** While the issuer is down, the last key set counts for so long. */
const maxStale = 60 * 60_000;
/** After a failure the issuer is left alone for so long. */
const failureFloor = 1000;
/** Unknown key ids may cause so many fetches at once, and one more each `refillEvery`. */
const burst = 5;
const refillEvery = 1000;

/** The public keys of one issuer, found by discovery. */
export interface IssuerKeys {
  /** The key of that id for that algorithm, or undefined. Throws an IssuerFault where no key set can be had. */
  find(kid: string, alg: string): Promise<CryptoKey | undefined>;
  /** The issuer's metadata. Throws an IssuerFault where it cannot be had. */
  metadata(): Promise<IssuerMetadata>;
}

/**
 * Keeps an issuer's keys. A token with an unknown key id fetches the set once more, so a key that was rotated a moment
 * ago works at once; a flood of made-up key ids costs the issuer one fetch a second, no more.
 *
 * @param onChange called when the set of keys has changed
 */
export function issuerKeys(issuer: string, onChange: () => void, now: () => number = Date.now): IssuerKeys {
  let metadata: IssuerMetadata | undefined;
  let keys: ReadonlyMap<string, JWK> | undefined;
  let imported = new Map<string, Promise<CryptoKey>>();
  let fetchedAt = 0;
  let failure: { error: IssuerFault; at: number } | undefined;
  let fetching: Promise<void> | undefined;
  let tokens = burst;
  let refilledAt = now();

  async function fetchOnce(): Promise<void> {
    try {
      const { jwks_uri } = (metadata ??= await discover(issuer));
      const { keys: list } = await fetchKeys(jwks_uri);
      const usable = list.filter(({ kid, use }) => typeof kid === 'string' && (use === undefined || use === 'sig'));
      const fetched = new Map(usable.map((jwk) => [jwk.kid as string, jwk]));
      const changed = keys && JSON.stringify([...keys]) !== JSON.stringify([...fetched]);
      keys = fetched;
      fetchedAt = now();
      failure = undefined;
      if (changed) {
        imported = new Map();
        onChange();
      }
    } catch (error) {
      const fault = error instanceof IssuerFault ? error : new IssuerFault('the identity provider failed');
      failure = { error: fault, at: now() };
      // The address of the keys may have moved: look it up again.
      metadata = undefined;
      throw fault;
    }
  }

  function refresh(): Promise<void> {
    if (failure && now() - failure.at < failureFloor) return Promise.reject(failure.error);
    fetching ??= fetchOnce().finally(() => (fetching = undefined));
    return fetching;
  }

  function mayFetchForUnknownKey(): boolean {
    const refill = Math.floor((now() - refilledAt) / refillEvery);
    if (refill > 0) {
      tokens = Math.min(burst, tokens + refill);
      refilledAt += refill * refillEvery;
    }
    if (tokens === 0) return false;
    tokens -= 1;
    return true;
  }

  async function current(): Promise<ReadonlyMap<string, JWK>> {
    const age = now() - fetchedAt;
    if (!keys || age > maxAge) {
      try {
        await refresh();
      } catch (error) {
        if (!keys || age > maxStale) throw error;
      }
    }
    return keys as ReadonlyMap<string, JWK>;
  }

  return {
    async find(kid, alg) {
      let jwk = (await current()).get(kid);
      if (!jwk && mayFetchForUnknownKey()) {
        await refresh();
        jwk = keys?.get(kid);
      }
      if (!jwk || jwk.kty !== keyTypes[alg] || (jwk.alg !== undefined && jwk.alg !== alg)) return undefined;
      const id = `${alg} ${kid}`;
      let key = imported.get(id);
      if (!key) {
        key = importJWK({ ...jwk, alg }, alg) as Promise<CryptoKey>;
        imported.set(id, key);
      }
      return key;
    },
    async metadata() {
      return (metadata ??= await discover(issuer));
    },
  };
}
