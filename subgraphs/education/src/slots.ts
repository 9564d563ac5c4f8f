import type { VenueSlot } from './generated/prisma/client.js';

/** Slots that a venue has at the most. */
export const mostSlots = 50;

const order = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** As they come in a week. */
export function inOrder(slots: readonly VenueSlot[]): VenueSlot[] {
  return [...slots].sort(
    (a, b) => order.indexOf(a.weekday) - order.indexOf(b.weekday) || a.startsAt.localeCompare(b.startsAt),
  );
}
