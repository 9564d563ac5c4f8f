import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addWorkingDays } from '../src/appeals/working-days.js';
import { dayOf, isWorkingDay } from '../src/working-days.js';

const at = (text: string) => new Date(`${text}:00+08:00`);

describe('working days', () => {
  test.each([
    ['2026-03-02', true],
    ['2026-03-01', false],
    ['2026-02-14', true],
    ['2026-02-17', false],
    ['2026-10-01', false],
    ['2026-10-10', true],
    ['2025-01-26', true],
    ['2025-10-08', false],
    ['2024-02-18', true],
    ['2024-02-12', false],
  ])('offices work on %s: %s', (day, works) => {
    expect(isWorkingDay(day)).toBe(works);
  });

  test('the day is Shenzhen’s, whatever the time in UTC', () => {
    expect(dayOf(new Date('2026-03-01T16:00:00Z'))).toBe('2026-03-02');
    expect(dayOf(new Date('2026-03-01T15:59:59Z'))).toBe('2026-03-01');
  });

  test.each([
    ['2026-03-02T10:00', 1, '2026-03-03T10:00'],
    ['2026-03-06T10:00', 1, '2026-03-09T10:00'],
    ['2026-03-07T10:00', 1, '2026-03-09T10:00'],
    ['2026-02-13T10:00', 2, '2026-02-24T10:00'],
    ['2026-09-30T10:00', 1, '2026-10-08T10:00'],
    ['2026-03-02T10:00', 0, '2026-03-02T10:00'],
  ])('from %s, %i later is %s', (from, count, to) => {
    expect(addWorkingDays(at(from), count)).toEqual(at(to));
  });

  test('as many of them lie between as were added', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2024-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 30 }),
        (start, count) => {
          const end = addWorkingDays(start, count);
          let between = 0;
          for (let day = start.getTime() + 86_400_000; day <= end.getTime(); day += 86_400_000) {
            if (isWorkingDay(dayOf(new Date(day)))) between++;
          }
          expect(between).toBe(count);
          expect(isWorkingDay(dayOf(end))).toBe(true);
        },
      ),
    );
  });
});
