import { describe, expect, test } from '@jest/globals';
import { Kind } from 'graphql';
import { scalarResolvers } from '../src/scalars.js';

const cases: [keyof typeof scalarResolvers, unknown[], unknown[]][] = [
  ['Date', ['2024-02-29', '2025-12-31'], ['2025-02-29', '2025-1-1', '2025-12-31T00:00:00Z', 20251231, null, {}]],
  [
    'DateTime',
    ['2025-12-31T09:30:00Z', '2025-12-31T09:30:00.123+08:00'],
    ['2025-12-31', '2025-02-30T00:00:00Z', '2025-12-31T09:30:00', 0],
  ],
  ['CommunityCode', ['440303001001'], ['440303001', 440303001001, '44030300100x', '']],
  ['PlaceCode', ['4403', '440303001'], ['44', '44030', 4403]],
  ['UnifiedSocialCreditCode', ['91350100M000100Y43'], ['91350100M000100Y44', '', 1]],
  ['ResidentIdNumber', ['11010519491231002X'], ['110105194912310021', 'x']],
  ['PhoneNumber', ['15400000000'], ['12345678901', '1540000000', 15400000000]],
  ['Year', [1998, 2025], [98, 2025.5, '2025', 12345]],
];

describe.each(cases)('%s', (name, good, bad) => {
  const scalar = scalarResolvers[name];

  test('lets its own values through both ways', () => {
    for (const value of good) {
      expect(scalar.parseValue(value)).toBe(value);
      expect(scalar.serialize(value)).toBe(value);
    }
  });

  test('refuses everything else both ways, and says what to send', () => {
    for (const value of bad) {
      expect(() => scalar.parseValue(value)).toThrow(/: send (a|an) /);
      expect(() => scalar.serialize(value)).toThrow();
    }
  });

  test('reads literals of its kind only', () => {
    const value = good[0]!;
    const literal =
      typeof value === 'number'
        ? ({ kind: Kind.INT, value: String(value) } as const)
        : ({ kind: Kind.STRING, value: value as string } as const);
    expect(scalar.parseLiteral(literal, {})).toBe(value);
    expect(() => scalar.parseLiteral({ kind: Kind.BOOLEAN, value: true }, {})).toThrow();
  });
});

test('dates and times out of the database are written in their form', () => {
  const moment = new Date('2025-12-31T00:00:00Z');
  expect(scalarResolvers.Date.serialize(moment)).toBe('2025-12-31');
  expect(scalarResolvers.DateTime.serialize(moment)).toBe('2025-12-31T00:00:00.000Z');
});

test('personal values are not repeated in the error', () => {
  expect(() => scalarResolvers.ResidentIdNumber.parseValue('110105194912310021')).toThrow(/^((?!110105).)*$/s);
});
