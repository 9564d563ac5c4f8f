import { expect, test } from '@jest/globals';
import { readSettings } from '../../src/service/settings.js';

const enough = { DATABASE_URL: 'postgresql://127.0.0.1/linli', LINLI_ASSERTION_JWKS: '{"keys":[]}' };

test('what is not set has its default', () => {
  expect(readSettings(enough)).toMatchObject({ HOST: '127.0.0.1', PORT: 0, LINLI_SMALLEST_COUNT: 5 });
});

test('the smallest count that is published may be set', () => {
  expect(readSettings({ ...enough, LINLI_SMALLEST_COUNT: '10' }).LINLI_SMALLEST_COUNT).toBe(10);
});

test.each([
  [{ LINLI_SMALLEST_COUNT: '1' }, /^The setting LINLI_SMALLEST_COUNT is wrong: /],
  [{ LINLI_SMALLEST_COUNT: '2.5' }, /^The setting LINLI_SMALLEST_COUNT is wrong: /],
  [{ LINLI_SMALLEST_COUNT: 'few' }, /^The setting LINLI_SMALLEST_COUNT is wrong: /],
  [{ DATABASE_URL: 'mysql://127.0.0.1' }, /^The setting DATABASE_URL is wrong: /],
  [{ LINLI_ASSERTION_JWKS: 'key' }, /^The setting LINLI_ASSERTION_JWKS is wrong: is not a JSON Web Key Set\.$/],
])('%j is refused by name', (bad, message) => {
  expect(() => readSettings({ ...enough, ...bad })).toThrow(message);
});
