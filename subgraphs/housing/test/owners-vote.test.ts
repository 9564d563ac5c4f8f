import { describe, expect, test } from '@jest/globals';
import { passes, publishedTally } from '../src/owners-vote.js';

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

describe('of a tally is published, where five is the smallest count', () => {
  const tally = (inFavour: number, against: number, abstained: number) => ({ inFavour, against, abstained });
  const withheld = { inFavour: null, against: null, abstained: null, suppressed: true };

  test.each([tally(31, 29, 5), tally(31, 29, 0), tally(0, 5, 5), tally(5, 5, 5)])('all: %j', (all) => {
    expect(publishedTally(all, 5)).toEqual({ ...all, suppressed: false });
  });

  test.each([
    ['nobody voted', tally(0, 0, 0)],
    ['few did', tally(2, 1, 0)],
    ['all were in favour', tally(60, 0, 0)],
    ['all abstained', tally(0, 0, 60)],
    ['one was against', tally(60, 1, 0)],
    ['few abstained', tally(60, 30, 4)],
  ])('nothing where %s', (_, all) => {
    expect(publishedTally(all, 5)).toEqual(withheld);
  });

  test('nothing, and nothing is said to be withheld, before it is decided', () => {
    const open = { inFavour: null, against: null, abstained: null };
    expect(publishedTally(open, 5)).toEqual({ ...open, suppressed: false });
  });

  test('as much as the service is set to', () => {
    expect(publishedTally(tally(30, 6, 0), 6).suppressed).toBe(false);
    expect(publishedTally(tally(30, 6, 0), 7)).toEqual(withheld);
  });
});
