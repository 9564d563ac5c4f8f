import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../../src/launcher/settings.js';

describe('settings of a local hub', () => {
  test('have defaults, also where a variable is empty', () => {
    const settings = readSettings({ LINLI_PORT: '', DATABASE_URL: '' });
    expect(settings).toMatchObject({ port: 4000, residents: undefined, seed: undefined, smallestCount: undefined });
    expect(settings.home).toMatch(/\/\.linli$/);
    expect(settings.databaseUrl).toBeUndefined();
  });

  test('hand the gateway its own and nothing else', () => {
    const own = {
      LINLI_SUBGRAPH_TIMEOUT_MS: '2000',
      LINLI_POLICIES: 'policies',
      LINLI_EMERGENCY_MINUTES: '60',
      LINLI_BULK_LIMITS: '{"default":20}',
    };
    const { gateway } = readSettings({ ...own, DATABASE_URL: 'postgresql://x', LINLI_SMALLEST_COUNT: '7', OTHER: '1' });
    expect(gateway).toEqual(own);
  });

  test.each([
    ['LINLI_PORT', '0'],
    ['LINLI_PORT', '65536'],
    ['LINLI_PORT', '4e3'],
    ['LINLI_PORT', 'http'],
    ['LINLI_PORT', '-1'],
    ['LINLI_RESIDENTS', '2.5'],
    ['LINLI_RESIDENTS', '99999999999999999999'],
    ['LINLI_SEED', 'x'],
    ['LINLI_SMALLEST_COUNT', '1'],
    ['LINLI_SMALLEST_COUNT', 'five'],
    ['LINLI_ISSUER', 'ftp://issuer'],
    ['LINLI_ISSUER', 'issuer'],
    ['LINLI_VENUE_DAYS_AHEAD', '0'],
    ['LINLI_VENUE_NO_SHOWS', 'many'],
    ['LINLI_WORKING_DAYS', '/nowhere/working-days.json'],
  ])('refuse %s=%s by name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      new RegExp(`^Bad setting: ${name} must be .*docs/local\\.md`),
    );
  });

  test('tell all that is wrong at once', () => {
    expect(() => readSettings({ LINLI_PORT: 'a', LINLI_SEED: 'b', LINLI_VENUE_DAYS_AHEAD: 'c' })).toThrow(
      /LINLI_PORT .*; LINLI_SEED .*; LINLI_VENUE_DAYS_AHEAD .*/,
    );
  });
});
