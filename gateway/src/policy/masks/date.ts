/** A year, alone or followed by the rest of a date in the form of ISO 8601. */
const dated = /^(\d{4})(?:$|-\d{2}(?:$|-\d{2}(?:$|T)))/;

/**
 * DATE: the year: `1990-03-07` → `1990`, `2024-05-01T08:30:00Z` → `2024`. What is not a date is withheld.
 *
 * Still tells: the year as written, of a point in time that of its own time zone. Of a birth date it is the age, give or
 * take a year, which is rare among the very old.
 */
export function maskDate(value: unknown): string | null {
  return typeof value === 'string' ? (dated.exec(value)?.[1] ?? null) : null;
}
