import { describe, expect, test } from '@jest/globals';
import { addWorkingDays, dayOf, isWorkingDay, workingDaysBetween } from '../src/working-days.js';

describe('working days', () => {
  test.each([
    ['2025-09-30', true, 'a Tuesday'],
    ['2025-10-01', false, 'National Day'],
    ['2025-10-08', false, 'the last day of the holidays'],
    ['2025-10-11', true, 'a Saturday that is worked for them'],
    ['2025-10-12', false, 'a Sunday'],
    ['2026-02-23', false, 'the last day of Spring Festival'],
    ['2026-02-28', true, 'a Saturday that is worked for it'],
    ['2031-01-01', true, 'a Wednesday of a year that the calendar does not list'],
    ['2031-01-04', false, 'a Saturday of such a year'],
  ])('%s is one: %s, as %s', (day, worked) => {
    expect(isWorkingDay(day)).toBe(worked);
  });

  test('are counted from the day after, over holidays and weekends', () => {
    expect(addWorkingDays('2025-09-30', 1)).toBe('2025-10-09');
    expect(addWorkingDays('2025-09-30', 3)).toBe('2025-10-11');
    expect(addWorkingDays('2025-09-30', 4)).toBe('2025-10-13');
    expect(addWorkingDays('2025-09-30', 0)).toBe('2025-09-30');
  });

  test('between two days are those that lead from one to the other', () => {
    expect(workingDaysBetween('2025-09-30', '2025-10-13')).toBe(4);
    expect(workingDaysBetween('2025-10-01', '2025-10-08')).toBe(0);
  });

  test('begin and end by Shenzhen’s clock', () => {
    expect(dayOf(new Date('2025-12-31T16:00:00Z'))).toBe('2026-01-01');
    expect(dayOf(new Date('2025-12-31T15:59:59Z'))).toBe('2025-12-31');
  });
});
