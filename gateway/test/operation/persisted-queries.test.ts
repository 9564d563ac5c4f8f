import { expect, test } from '@jest/globals';
import { Manifest, sha256 } from '../../src/operation/manifest.js';
import type { PersistedQueryStore } from '../../src/operation/persisted-queries.js';
import { memoryStore } from '../../src/operation/persisted-queries.js';
import { documentFinder } from '../../src/operation/documents.js';
import type { RequestParameters } from '../../src/operation/request.js';

const request = (parameters: Partial<RequestParameters>): RequestParameters => ({
  query: null,
  documentId: null,
  operationName: null,
  variables: null,
  extensions: null,
  ...parameters,
});
const hashed = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });

test('the store in memory forgets what was used longest ago', () => {
  const store = memoryStore(2);
  void store.set('a', '{ a }');
  void store.set('b', '{ b }');
  expect(store.get('a')).toBe('{ a }');
  void store.set('c', '{ c }');
  expect(['a', 'b', 'c'].map((hash) => store.get(hash))).toEqual(['{ a }', undefined, '{ c }']);
});

test('the store in memory keeps no document that is very long', () => {
  const store = memoryStore();
  void store.set('long', 'x'.repeat(20_001));
  void store.set('short', 'x'.repeat(20_000));
  expect(store.get('long')).toBeUndefined();
  expect(store.get('short')).toHaveLength(20_000);
});

test('a store may answer later, as one on another machine does', async () => {
  const kept = new Map<string, string>();
  const later: PersistedQueryStore = {
    get: async (hash) => Promise.resolve(kept.get(hash)),
    set: async (hash, text) => void (await Promise.resolve(kept.set(hash, text))),
  };
  const find = documentFinder({ mode: 'off', manifest: () => new Manifest([]), automatic: later });
  await expect(find(request({ extensions: hashed('{ a }') }))).rejects.toThrow('PersistedQueryNotFound');
  expect(await find(request({ query: '{ a }', extensions: hashed('{ a }') }))).toBe('{ a }');
  expect(await find(request({ extensions: hashed('{ a }') }))).toBe('{ a }');
});

test('a hash may be written in capitals', async () => {
  const find = documentFinder({ mode: 'off', manifest: () => new Manifest([]), automatic: memoryStore() });
  const capitals = { persistedQuery: { version: 1, sha256Hash: sha256('{ a }').toUpperCase() } };
  expect(await find(request({ query: '{ a }', extensions: capitals }))).toBe('{ a }');
  expect(await find(request({ extensions: hashed('{ a }') }))).toBe('{ a }');
});

test('a document that is sent is told at once', () => {
  const find = documentFinder({ mode: 'allow', manifest: () => new Manifest([]), automatic: memoryStore() });
  expect(find(request({ query: '{ a }' }))).toBe('{ a }');
});
