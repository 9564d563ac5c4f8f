/**
 * Days off on weekdays and working days at weekends, as the State Council's office announces them each autumn for the
 * year after (国务院办公厅关于部分节假日安排的通知). Of a year that is not here yet, Saturdays and Sundays are off and
 * no other days: add the year when its notice is out.
 */
const calendar: Readonly<Record<number, { off: readonly string[]; working: readonly string[] }>> = {
  2024: {
    off: ['01-01', '02-12/02-16', '04-04/04-05', '05-01/05-03', '06-10', '09-16/09-17', '10-01/10-04', '10-07'],
    working: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  2025: {
    off: [
      '01-01',
      '01-28/01-31',
      '02-03/02-04',
      '04-04',
      '05-01/05-02',
      '05-05',
      '06-02',
      '10-01/10-03',
      '10-06/10-08',
    ],
    working: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  2026: {
    off: [
      '01-01/01-02',
      '02-16/02-20',
      '02-23',
      '04-06',
      '05-01',
      '05-04/05-05',
      '06-19',
      '09-25',
      '10-01/10-02',
      '10-05/10-07',
    ],
    working: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

const dayMs = 86_400_000;
/** Shenzhen's day begins eight hours before UTC's, all year round. */
const aheadOfUtcMs = 8 * 3_600_000;

function* daysOf(year: string, spans: readonly string[]): Generator<string> {
  for (const span of spans) {
    const [first, last = first] = span.split('/') as [string, string?];
    for (let at = Date.parse(`${year}-${first}`); at <= Date.parse(`${year}-${last}`); at += dayMs) {
      yield new Date(at).toISOString().slice(0, 10);
    }
  }
}

const exceptions = new Map<string, boolean>(
  Object.entries(calendar).flatMap(([year, { off, working }]) => [
    ...[...daysOf(year, off)].map((day): [string, boolean] => [day, false]),
    ...[...daysOf(year, working)].map((day): [string, boolean] => [day, true]),
  ]),
);

/** The day in Shenzhen at a moment, YYYY-MM-DD. */
export function shenzhenDay(at: Date): string {
  return new Date(at.getTime() + aheadOfUtcMs).toISOString().slice(0, 10);
}

/** Whether offices work on the day that a moment falls on in Shenzhen. */
export function isWorkingDay(at: Date): boolean {
  const day = shenzhenDay(at);
  const weekday = new Date(day).getUTCDay();
  return exceptions.get(day) ?? (weekday !== 0 && weekday !== 6);
}

/** The same time of day so many working days later (工作日); the day of the start does not count. */
export function addWorkingDays(start: Date, count: number): Date {
  let at = start;
  for (let left = count; left > 0;) {
    at = new Date(at.getTime() + dayMs);
    if (isWorkingDay(at)) left--;
  }
  return at;
}
