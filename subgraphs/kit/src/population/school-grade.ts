import { referenceDate } from './households.js';

/** Children start school in the September after their sixth birthday (义务教育法, article 11). */
const entryAge = 6;
export const lastGrade = 9;

/** The school year of a date begins on the last 1 September up to it. */
function schoolYear(date: string): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= '09-01' ? year : year - 1;
}

/** The school year that the reference date lies in, by the year it began. */
export const currentSchoolYear = schoolYear(referenceDate);

/**
 * The grade of compulsory schooling a child is in on the reference date: 1 to 9, or 0 for one who starts next
 * September; null for whoever is younger or older.
 * @param birthDate YYYY-MM-DD
 */
export function schoolGrade(birthDate: string): number | null {
  const hadBirthday = birthDate.slice(5) <= '09-01';
  const age = currentSchoolYear - Number(birthDate.slice(0, 4)) - (hadBirthday ? 0 : 1);
  const grade = age - entryAge + 1;
  return grade < 0 || grade > lastGrade ? null : grade;
}
