import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { StartError } from '@linli/kit/errors';
import { ownSettings } from '@linli/kit/service/own-settings';

const day = z.iso.date();
const calendarFile = z.strictObject({
  source: z.string(),
  holidays: z.array(z.tuple([day, day])),
  workingWeekends: z.array(day),
});

/**
 * The calendar by which terms are counted: the file beside package.json, or the one that `LINLI_WORKING_DAYS` names. It
 * lists public holidays (first and last day) and the weekends that are worked in exchange, as the State Council's office
 * announces them each year. In years of which it lists nothing, every weekday is a working day.
 */
function readCalendar() {
  const settings = ownSettings(new URL('../settings.json', import.meta.url), process.env);
  const path = settings.file('LINLI_WORKING_DAYS') ?? new URL('../working-days.json', import.meta.url);
  try {
    return calendarFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new StartError(
      `The calendar of working days ${String(path)} cannot be used: give it "source", "holidays" (pairs of days) and "workingWeekends".`,
      { cause: error },
    );
  }
}

const { holidays, workingWeekends } = readCalendar();
const worked = new Set(workingWeekends);

const shenzhen = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });

/** The day in Shenzhen at an instant, YYYY-MM-DD. */
export function dayOf(instant: Date): string {
  return shenzhen.format(instant);
}

function next(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Whether a day, YYYY-MM-DD, is worked: no weekend and no holiday, or a weekend worked in exchange for one. */
export function isWorkingDay(date: string): boolean {
  if (worked.has(date)) return true;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.some(([first, last]) => date >= first && date <= last);
}

/** The day that many working days after another, which itself does not count; the same day for 0. */
export function addWorkingDays(date: string, count: number): string {
  let last = date;
  for (let left = count; left > 0;) {
    last = next(last);
    if (isWorkingDay(last)) left--;
  }
  return last;
}

/** Working days after the first day, up to and with the last. */
export function workingDaysBetween(first: string, last: string): number {
  let count = 0;
  for (let date = first; date < last;) {
    date = next(date);
    if (isWorkingDay(date)) count++;
  }
  return count;
}
