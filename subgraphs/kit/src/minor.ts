import type { SyntheticResident } from './population/households.js';

/** Below this age somebody's data are sensitive as such (个人信息保护法, article 28). */
const ageOfOwnData = 14;

/** Shenzhen's day begins eight hours before UTC's. */
const aheadOfUtcMs = 8 * 3_600_000;

/**
 * The day of a resident's fourteenth birthday, YYYY-MM-DD; null for whoever has had it by the population's reference
 * date. Departments that need to know no more of an age keep this day instead of a birth date.
 */
export function minorUntil({ birthDate, age }: SyntheticResident): string | null {
  if (age >= ageOfOwnData) return null;
  return fourteenthBirthday(new Date(`${birthDate}T00:00:00Z`))
    .toISOString()
    .slice(0, 10);
}

/** The day of somebody's fourteenth birthday; dates are midnight UTC, as the database gives them. */
export function fourteenthBirthday(birthDate: Date): Date {
  const day = new Date(birthDate);
  day.setUTCFullYear(day.getUTCFullYear() + ageOfOwnData);
  return day;
}

/** Whether somebody is under 14 today in Shenzhen, by the day that `minorUntil` gave. */
export function isMinor(until: Date | null, now = Date.now()): boolean {
  return until !== null && until > today(now);
}

/** The day that it is in Shenzhen, as midnight UTC: whose fourteenth birthday is later is a minor. */
export function today(now = Date.now()): Date {
  return new Date(Math.floor((now + aheadOfUtcMs) / 86_400_000) * 86_400_000);
}

/** The last day of birth of those who are no minors today in Shenzhen. */
export function lastBirthOfAge(now = Date.now()): Date {
  const day = today(now);
  day.setUTCFullYear(day.getUTCFullYear() - ageOfOwnData);
  // On a 29 February fourteen years ago it is 1 March, and whoever was born then has the birthday still to come.
  if (isMinor(fourteenthBirthday(day), now)) day.setUTCDate(day.getUTCDate() - 1);
  return day;
}
