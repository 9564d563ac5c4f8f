import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonBytes } from '../../src/execution/json-bytes.js';

/** Any text, from plain words to lone surrogates. */
const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', minLength: 60 }));
const loneSurrogates = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((units) => units.map((unit) => String.fromCharCode(unit)).join(''));

const written = (write: (bytes: JsonBytes) => number): string => {
  const bytes = new JsonBytes();
  return bytes.take(write(bytes)).toString();
};

test('a text is written as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.oneof(texts, loneSurrogates), (text) => {
      expect(written((bytes) => bytes.string(text, 0))).toBe(JSON.stringify(text));
    }),
    { numRuns: 5000 },
  );
});

test('a number is written as JSON.stringify writes it', () => {
  const edges = [0, -0, 9, 10, 99, 100, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1e21, 5e-324, 0.1];
  const numbers = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(...edges),
  );
  fc.assert(
    fc.property(numbers, (number) => {
      expect(written((bytes) => bytes.number(number, 0))).toBe(JSON.stringify(number));
    }),
    { numRuns: 5000 },
  );
});

test('what is written stays when the bytes grow', () => {
  const items = Array.from({ length: 5000 }, (_, i) => `第 ${i} 项 ${'长'.repeat(i % 200)}`);
  const text = written((bytes) => {
    let at = bytes.raw('[', 0);
    items.forEach(
      (item, i) => (at = bytes.int(i, bytes.raw(',', bytes.string(item, bytes.raw(i > 0 ? ',' : '', at))))),
    );
    return bytes.raw(']', at);
  });
  expect(JSON.parse(text)).toEqual(items.flatMap((item, i) => [item, i]));
});

test('what was taken is not written over by the next text', () => {
  const bytes = new JsonBytes();
  const [short, long] = ['短', 'x'.repeat(2_000_000)];
  const taken = [long, short, long].map((text) => bytes.take(bytes.string(text, 0)));
  bytes.string('y'.repeat(3_000_000), 0);
  expect(taken.map((each) => JSON.parse(each.toString()) as string)).toEqual([long, short, long]);
});
