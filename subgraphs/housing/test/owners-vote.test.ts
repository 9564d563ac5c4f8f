import { describe, expect, test } from '@jest/globals';
import { passes } from '../src/owners-vote.js';

describe('an ordinary matter of 90 owners', () => {
  test('passes when 60 took part and 31 of them are in favour', () => {
    expect(passes({ inFavour: 31, against: 29, abstained: 0 }, 90)).toBe(true);
  });

  test('fails when 59 took part, however many of them are in favour', () => {
    expect(passes({ inFavour: 59, against: 0, abstained: 0 }, 90)).toBe(false);
  });

  test('fails at one half in favour, abstentions counted as having taken part', () => {
    expect(passes({ inFavour: 30, against: 10, abstained: 20 }, 90)).toBe(false);
  });
});
