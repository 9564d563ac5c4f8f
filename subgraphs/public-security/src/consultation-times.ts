import { daysLater, shenzhenDay } from './shenzhen-day.js';

/** When an adviser can be consulted on a day of consultations: half an hour each. A default, not the plan's. */
export const consultationTimes = ['14:00', '14:30', '15:00', '15:30', '16:00', '16:30'] as const;

/** How many days ahead a consultation can be booked, from tomorrow on. */
const bookableDays = 30;

/** Whether an adviser who is there on some weekdays (1 Monday to 7 Sunday) can be booked for a day now. */
export function isBookable(day: Date, weekdays: readonly number[], now: Date): boolean {
  const today = shenzhenDay(now);
  return day > today && day <= daysLater(today, bookableDays) && weekdays.includes(day.getUTCDay() || 7);
}
