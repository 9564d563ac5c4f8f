import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../src/errors.js';
import { parseJson } from '../../src/http/json.js';

function placeOf(text: string): [unknown, unknown] | undefined {
  try {
    parseJson(text, 'The body');
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { line, column }: Record<string, unknown> = error.errors[0]?.extensions ?? {};
    return [line, column];
  }
}

test.each([
  ['{"a":}', 1, 6],
  ['{"a":1,}', 1, 8],
  ['{"a" 1}', 1, 6],
  ["{'a':1}", 1, 2],
  ['[1,2', 1, 5],
  ['[1 2]', 1, 4],
  ['[,]', 1, 2],
  ['{}}', 1, 3],
  ['{"a":1]', 1, 7],
  ['\n{\n  "a": tru\n}', 3, 8],
  ['{"a":"\n"}', 1, 6],
  ['{"a":"\\x"}', 1, 6],
  ['{"a":01}', 1, 7],
  ['', 1, 1],
  ['nul', 1, 1],
  ['"open', 1, 1],
])('%j is not JSON from line %d, column %d', (text, line, column) => {
  expect(placeOf(text)).toEqual([line, column]);
});

test('whatever is JSON is taken as JSON.parse takes it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.integer({ min: 0, max: 3 }), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(parseJson(text, 'The body')).toEqual(JSON.parse(text));
    }),
  );
});

test('JSON that was cut off is not JSON from its end, or from the token that was cut', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), (value, at) => {
      const text = JSON.stringify([value]);
      const cut = text.slice(0, Math.floor(at * (text.length - 1)));
      const [line, column] = placeOf(cut) ?? [];
      expect(line).toBe(1);
      expect(column).toBeLessThanOrEqual(cut.length + 1);
      // What stands before the place is the beginning of some JSON.
      expect(text.startsWith(cut.slice(0, Number(column) - 1))).toBe(true);
    }),
  );
});

test('any text gives a value or a place, and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]:,"\\tnue10.- \n') }), (text) => {
      const place = placeOf(text);
      if (place === undefined) expect(() => JSON.parse(text) as unknown).not.toThrow();
      else expect(place.every((it) => Number(it) >= 1)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('a megabyte of open brackets costs no stack', () => {
  expect(placeOf('['.repeat(1_000_000))).toEqual([1, 1_000_001]);
  expect(() => parseJson('['.repeat(500_000) + ']'.repeat(500_000), 'The body')).toThrow(/nested more than 200/);
});
