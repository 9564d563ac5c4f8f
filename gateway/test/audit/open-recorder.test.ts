import { afterEach, expect, test } from '@jest/globals';
import { openRecorder } from '../../src/audit/open-recorder.js';

const mode = process.env['NODE_ENV'];
afterEach(() => {
  process.env['NODE_ENV'] = mode;
});

test('in production disclosures are recorded, or the gateway does not start', () => {
  process.env['NODE_ENV'] = 'production';
  expect(() => openRecorder(undefined, () => undefined)).toThrow(
    /refused with NODE_ENV=production.*LINLI_DISCLOSURES_URL/,
  );
});

test('elsewhere it starts without', () => {
  expect(openRecorder(undefined, () => undefined)).toBeUndefined();
});

test('a recorder of the host’s own is used as it is', () => {
  const own = { record: async () => undefined, close: async () => undefined };
  expect(openRecorder(own, () => undefined)).toBe(own);
});
