import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeUtf8 } from '../../../src/execution/response-text.js';

describe('text of every length and kind is decoded as it was', () => {
  test.each(['', 'plain', '社区', 'é', '😀', '\u0000', '\ufeff{}', '\uffff', 'a社😀'])('%j', (unit) => {
    for (const times of [1, 2, 300, 400, 1023, 1024, 1025, 20_000]) {
      const text = unit.repeat(times);
      expect(decodeUtf8(Buffer.from(text)) === text).toBe(true);
    }
  });

  test('and random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.integer({ min: 1, max: 200 }), (unit, times) => {
        const text = unit.repeat(times);
        expect(decodeUtf8(Buffer.from(text))).toBe(text);
      }),
    );
  });
});

describe('bytes that are not UTF-8 are no text', () => {
  test.each([
    ['a lone continuation', [0x80]],
    ['half a character', [0xe5, 0x8d]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['more than Unicode has', [0xf4, 0x90, 0x80, 0x80]],
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9]],
  ])('%s', (_, bytes) => {
    for (const around of [0, 2000]) {
      const filler = Buffer.alloc(around, 'x');
      expect(decodeUtf8(Buffer.concat([filler, Buffer.from(bytes), filler]))).toBeUndefined();
    }
  });
});
