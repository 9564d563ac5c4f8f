import { dayOf, isWorkingDay } from '../working-days.js';

const dayMs = 86_400_000;

/** The same time of day so many working days later (工作日); the day of the start does not count. */
export function addWorkingDays(start: Date, count: number): Date {
  let at = start;
  for (let left = count; left > 0;) {
    at = new Date(at.getTime() + dayMs);
    if (isWorkingDay(dayOf(at))) left--;
  }
  return at;
}
