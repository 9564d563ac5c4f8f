import { badRequest, operationNotPersisted, persistedOperationNotFound, persistedQueryRefused } from '../errors.js';
import type { Manifest } from './manifest.js';
import type { PersistedQueryStore } from './persisted-queries.js';
import { persistedQueryHash, recall, register, requireHash } from './persisted-queries.js';
import type { RequestParameters } from './request.js';

/**
 * What persisted operations are for. `off`: nothing. `allow`: they may be asked for by id or hash. `only`: nothing else
 * may be asked.
 */
export type PersistedOperationsMode = 'off' | 'allow' | 'only';

export interface DocumentOptions {
  mode: PersistedOperationsMode;
  /** The persisted operations as they are now. */
  manifest: () => Manifest;
  /** Where clients may register documents by themselves; undefined where they may not. Not used in mode `only`. */
  automatic: PersistedQueryStore | undefined;
}

/** Finds the text of a request's document; throws, or rejects with, a Refusal. Says the text at once where it was sent. */
export type FindDocument = (request: RequestParameters) => string | Promise<string>;

/** Makes the step from what a client sent to the document it means. */
export function documentFinder({ mode, manifest, automatic }: DocumentOptions): FindDocument {
  const persisted = (id: string) => (mode === 'off' ? undefined : manifest().find(id));

  const named = (id: string): string => {
    const text = persisted(id);
    if (text !== undefined) return text;
    throw persistedOperationNotFound('There is no persisted operation of this id. Send the document in "query".');
  };
  const hashed = (hash: string): string | Promise<string> => {
    const text = persisted(hash);
    if (text !== undefined) return text;
    if (mode === 'only') throw notPersisted();
    if (!automatic) throw persistedQueryRefused('PersistedQueryNotSupported');
    return recall(automatic, hash);
  };
  const sent = (text: string, hash: string | null): string | Promise<string> => {
    if (mode === 'only') {
      if (!manifest().has(text)) throw notPersisted();
      if (hash !== null) requireHash(hash, text);
      return text;
    }
    if (hash === null) return text;
    if (!automatic) throw persistedQueryRefused('PersistedQueryNotSupported');
    return register(automatic, hash, text);
  };

  return ({ query, documentId, extensions }) => {
    if (documentId !== null) {
      if (query !== null) throw badRequest('The request has a "query" and a "documentId". Send one of them.');
      return named(documentId);
    }
    const hash = extensions === null ? null : persistedQueryHash(extensions);
    if (query !== null) return sent(query, hash);
    if (hash !== null) return hashed(hash);
    throw badRequest('The parameter "query" is missing. Send the GraphQL document in it.');
  };
}

const notPersisted = () =>
  operationNotPersisted('Only persisted operations are served here. Have the operation added to the persisted ones.');
