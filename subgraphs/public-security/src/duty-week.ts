/** A turn of duty that comes again every week. */
export interface WeeklyTurn {
  /** 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
  /** `HH:MM`. */
  readonly from: string;
  /** `HH:MM`; at or before `from` it is of the next day. */
  readonly until: string;
}

const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number);
  return hours! * 60 + minutes!;
}

/** When a turn is, in minutes from Monday midnight; the end of one may lie in the next week. */
function spans({ weekdays, from, until }: WeeklyTurn): [start: number, end: number][] {
  const start = minuteOf(from);
  const end = minuteOf(until);
  return weekdays.map((weekday) => {
    const midnight = (weekday - 1) * dayMinutes;
    return [midnight + start, midnight + end + (end <= start ? dayMinutes : 0)];
  });
}

/** Whether two turns have a minute in common in some week. */
export function turnsOverlap(one: WeeklyTurn, other: WeeklyTurn): boolean {
  return spans(one).some(([start, end]) =>
    spans(other).some(([from, until]) =>
      [-weekMinutes, 0, weekMinutes].some((shift) => start < until + shift && from + shift < end),
    ),
  );
}
