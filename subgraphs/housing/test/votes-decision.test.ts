import { describe, expect, test } from '@jest/globals';
import { carried, hasQuorum } from '../src/votes/decision.js';
import { publishedTally } from '../src/votes/publication.js';

describe('of 90 homes with 9,000 m²', () => {
  const turnout = (voted: number, votedAreaM2: number | null) =>
    hasQuorum({ eligible: 90, voted, eligibleAreaM2: 9000, votedAreaM2 });

  test('60 homes with 6,000 m² are enough', () => expect(turnout(60, 6000)).toBe(true));
  test('59 homes are not, however large', () => expect(turnout(59, 9000)).toBe(false));
  test('60 homes that have less than two thirds of the area are not', () => expect(turnout(60, 5999)).toBe(false));
  test('homes alone count where areas were not kept', () => expect(turnout(60, null)).toBe(true));
});

describe('a motion', () => {
  const motion = (tally: number[], majority: 'ORDINARY' | 'MAJOR') => carried(tally, { kind: 'MOTION', majority });

  test('is carried by more than half of those who took part', () => expect(motion([31, 29, 0], 'ORDINARY')).toBe(1));
  test('fails at one half, abstentions counted as having taken part', () =>
    expect(motion([30, 10, 20], 'ORDINARY')).toBeNull());
  test('is not carried by those against it', () => expect(motion([10, 50, 0], 'ORDINARY')).toBeNull());
  test('of weight is carried by three quarters', () => expect(motion([45, 15, 0], 'MAJOR')).toBe(1));
  test('of weight fails below', () => expect(motion([44, 16, 0], 'MAJOR')).toBeNull());
  test('in which nobody took part fails', () => expect(motion([0, 0, 0], 'MAJOR')).toBeNull());
});

describe('a selection', () => {
  const selection = (...tally: number[]) => carried(tally, { kind: 'SELECTION', majority: 'ORDINARY' });

  test('is won by the option that more than half chose', () => expect(selection(10, 31, 9, 10)).toBe(2));
  test('is won by none where none has more than half', () => expect(selection(30, 30, 0)).toBeNull());
  test('is not won by abstaining', () => expect(selection(10, 10, 40)).toBeNull());
});

describe('of a tally is published, where five is the smallest count', () => {
  const withheld = { homes: null, suppressed: true };

  test.each([[[31, 29, 5]], [[31, 29, 0]], [[0, 5, 5]], [[5, 5, 5]], [[5, 0, 9, 7]]])('all: %j', (tally) => {
    expect(publishedTally(tally, 5)).toEqual({ homes: tally, suppressed: false });
  });

  test.each([
    ['nobody voted', [0, 0, 0]],
    ['few did', [2, 1, 0]],
    ['all were in favour', [60, 0, 0]],
    ['all abstained', [0, 0, 60]],
    ['one was against', [60, 1, 0]],
    ['few abstained', [60, 30, 4]],
  ])('nothing where %s', (_, tally) => {
    expect(publishedTally(tally, 5)).toEqual(withheld);
  });

  test('nothing, and nothing is said to be withheld, before it is decided', () => {
    expect(publishedTally([], 5)).toEqual({ homes: null, suppressed: false });
  });

  test('as much as the service is set to', () => {
    expect(publishedTally([30, 6, 0], 6).suppressed).toBe(false);
    expect(publishedTally([30, 6, 0], 7)).toEqual(withheld);
  });
});
