import { dayOf, plusDays, startOf } from './today.js';

/** How far ahead appointments can be made, in days; a default of this hub, as is all about slots. */
export const daysAhead = 30;

const slotMinutes = 30;
/** Half hours from 08:00, the last one from 17:30, in Shenzhen. */
const firstMinute = 8 * 60;
const slotsOfDay = 20;

/** What slots of a clinic depend on. */
export interface SlotFacility {
  readonly generalPractitioners: number;
  readonly counsellingRoom: boolean;
}

/**
 * How many patients a clinic takes in each half hour: one for four general practitioners in general practice, one in
 * every other service, and none for counselling where there is no room for it.
 */
export function placesOf(facility: SlotFacility, service: string): number {
  if (service === 'GENERAL_PRACTICE') return Math.ceil(facility.generalPractitioners / 4);
  if (service === 'COUNSELLING' && !facility.counsellingRoom) return 0;
  return 1;
}

/** The slots of a day that have not begun; none outside of the days for which appointments can be made. */
export function slotsOn(day: Date, now: Date): Date[] {
  const today = dayOf(now);
  if (day < today || day > plusDays(today, daysAhead)) return [];
  const opens = startOf(day).getTime() + firstMinute * 60_000;
  return Array.from({ length: slotsOfDay }, (_, i) => new Date(opens + i * slotMinutes * 60_000)).filter(
    (at) => at > now,
  );
}
