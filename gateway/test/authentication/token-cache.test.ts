import { expect, test } from '@jest/globals';
import { anonymous } from '@linli/schema/subject';
import { TokenCache } from '../../src/authentication/token-cache.js';

const subject = (id: string) => ({ ...anonymous, id });

test('tells the subject of every token it was given, however many came since', () => {
  const cache = new TokenCache();
  const tokens = Array.from({ length: 200 }, (_, i) => `token-${i}`);
  for (const token of tokens) cache.set(token, subject(token), 1000);
  for (const token of [...tokens, ...tokens]) expect(cache.get(token, 999)?.id).toBe(token);
  expect(cache.get('token-200', 999)).toBeUndefined();
});

test('knows no token that has expired, asked a moment ago or not', () => {
  const cache = new TokenCache();
  cache.set('early', subject('a'), 1000);
  expect(cache.get('early', 999)?.id).toBe('a');
  expect(cache.get('early', 1000)).toBeUndefined();
  for (let i = 0; i < 100; i++) cache.set(`later-${i}`, subject('b'), 2000);
  expect(cache.get('early', 999)?.id).toBe('a');
  expect(cache.get('early', 1000)).toBeUndefined();
});

test('once cleared, knows nothing', () => {
  const cache = new TokenCache();
  for (let i = 0; i < 100; i++) cache.set(`token-${i}`, subject('a'), 1000);
  cache.clear();
  for (let i = 0; i < 100; i++) expect(cache.get(`token-${i}`, 1)).toBeUndefined();
});
