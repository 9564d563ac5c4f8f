import type { VenueOpening, Weekday } from './generated/graphql.js';

/** From here on an opening is one by night (夜间开放); a default of this hub, the plan gives no time. */
export const nightFrom = '18:00';

const weekend: ReadonlySet<Weekday> = new Set(['SATURDAY', 'SUNDAY']);

/** How a slot opens a venue: by night, on days off, or by day. */
export function openingOf({ weekday, startsAt }: { weekday: Weekday; startsAt: string }): VenueOpening {
  if (startsAt >= nightFrom) return 'NIGHT';
  return weekend.has(weekday) ? 'OFF_HOURS' : 'DAYTIME';
}
