import { badRequest, persistedQueryMismatch, persistedQueryNotFound } from '../errors.js';
import { LRUCache } from '../lru.js';
import { sha256 } from './manifest.js';

/** Where documents are kept that clients registered by themselves; may be shared by several gateways. */
export interface PersistedQueryStore {
  /** The document of a SHA-256 in lower-case hex. */
  get(hash: string): string | undefined | Promise<string | undefined>;
  set(hash: string, text: string): void | Promise<void>;
}

/** Documents kept, and the longest one kept: some 40 MB at worst. */
const keptDocuments = 1000;
const keptLength = 20_000;

/** A store of bounded size in the memory of this process. */
export function memoryStore(documents = keptDocuments): PersistedQueryStore {
  const kept = new LRUCache<string, string>(documents);
  return {
    get: (hash) => kept.get(hash),
    set(hash, text) {
      if (text.length <= keptLength) kept.set(hash, text);
    },
  };
}

/**
 * The hash in `extensions.persistedQuery` (Apollo's automatic persisted queries, version 1), in lower case; null where
 * there is none. Throws a Refusal (400) where it is not as the protocol says.
 */
export function persistedQueryHash(extensions: Readonly<Record<string, unknown>> | null): string | null {
  const given = extensions?.['persistedQuery'];
  if (given === undefined || given === null) return null;
  const { version, sha256Hash } = given as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1) {
    throw badRequest('The extension "persistedQuery" is of another version. Send {"version": 1, "sha256Hash": "…"}.');
  }
  if (typeof sha256Hash !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256Hash)) {
    throw badRequest('The "sha256Hash" of the extension "persistedQuery" must be a SHA-256 in hex, 64 digits.');
  }
  return sha256Hash.toLowerCase();
}

/** The document that a client registered earlier, in this process or another; rejects with a Refusal where nobody did. */
export async function recall(store: PersistedQueryStore, hash: string): Promise<string> {
  const text = await store.get(hash);
  // Clients know this very message, and send the document with its hash then.
  if (text === undefined) throw persistedQueryNotFound('PersistedQueryNotFound');
  return text;
}

/** Keeps a document under the hash its client gave; rejects with a Refusal where it is the hash of another text. */
export async function register(store: PersistedQueryStore, hash: string, text: string): Promise<string> {
  if ((await store.get(hash)) === text) return text;
  requireHash(hash, text);
  await store.set(hash, text);
  return text;
}

/** Throws a Refusal (400) where a hash is not that of a text. */
export function requireHash(hash: string, text: string): void {
  if (sha256(text) === hash) return;
  throw persistedQueryMismatch(
    'The "sha256Hash" is not the SHA-256 of "query". Hash the very text that is sent, in UTF-8.',
  );
}
