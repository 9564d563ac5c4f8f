import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { page, pageWindow } from '../../src/paging/page.js';
import type { Connection } from '../../src/paging/page.js';
import { placeRange } from '../../src/paging/place.js';

describe('pages', () => {
  test('whatever the keys and the page size, following cursors gives every row once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ unit: 'binary' }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 25 }),
        async (keys, first) => {
          const rows = keys.sort();
          const seen: string[] = [];
          let after: string | null = null;
          do {
            const { nodes, pageInfo, totalCount }: Connection<string> = await page<string>(
              { first, after },
              {
                key: (row) => row,
                rows: async (query) =>
                  rows.filter((row) => query.after === undefined || row > query.after).slice(0, query.take),
                count: async () => rows.length,
              },
            );
            expect(await totalCount()).toBe(rows.length);
            expect(pageInfo.hasPreviousPage).toBe(after !== null);
            seen.push(...nodes);
            after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
          } while (after !== null);
          expect(seen).toEqual(rows);
        },
      ),
    );
  });

  test('sizes below 1 and over 200 are refused with the limits', () => {
    expect(() => pageWindow({ first: 0 })).toThrow('between 1 and 200');
    expect(() => pageWindow({ first: -5 })).toThrow('between 1 and 200');
    expect(() => pageWindow({ first: 201 })).toThrow('between 1 and 200');
    expect(pageWindow({ first: 200 }).take).toBe(201);
    expect(pageWindow({}).size).toBe(20);
  });

  test('a text that is no cursor is refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!Buffer.from(text, 'base64url').toString().startsWith('k:'));
        expect(() => pageWindow({ after: text })).toThrow('not a cursor');
      }),
    );
  });
});

test('the range of a place holds exactly the codes that start with it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-8]\d{3,8}$/), fc.stringMatching(/^\d{12}$/), (prefix, code) => {
      const range = placeRange(prefix);
      expect(code >= range.gte && code < range.lt).toBe(code.startsWith(prefix));
      const inside = prefix.padEnd(12, code);
      expect(inside >= range.gte && inside < range.lt).toBe(true);
    }),
  );
  expect(placeRange(null)).toBeUndefined();
});
