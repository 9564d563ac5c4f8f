import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isMinor, minorUntil } from '../src/minor.js';
import { households } from '../src/population/households.js';

const until = (birthDate: string, age: number) =>
  minorUntil({ ...households({ residents: 5, seed: 1 }).next().value.members[0], birthDate, age });

describe('the day a resident is no longer under 14', () => {
  test('is the fourteenth birthday; of 29 February, 1 March where the year has none', () => {
    expect(until('2015-03-02', 10)).toBe('2029-03-02');
    expect(until('2012-02-29', 13)).toBe('2026-03-01');
  });

  test('is not kept of whoever has had it', () => {
    expect(until('2011-06-30', 14)).toBeNull();
    expect(until('1950-01-01', 75)).toBeNull();
  });
});

describe('somebody is under 14', () => {
  const day = new Date('2029-03-02');

  test('until midnight of that day in Shenzhen, which is eight hours before UTC', () => {
    expect(isMinor(day, Date.parse('2029-03-01T15:59:59.999Z'))).toBe(true);
    expect(isMinor(day, Date.parse('2029-03-01T16:00:00.000Z'))).toBe(false);
  });

  test('never where no day is kept', () => {
    fc.assert(fc.property(fc.date({ noInvalidDate: true }), (now) => !isMinor(null, now.getTime())));
  });
});
