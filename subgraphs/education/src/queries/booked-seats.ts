import type { Unscoped } from '@linli/kit/scope/scope';
import DataLoader from 'dataloader';

/** A slot on a day, YYYY-MM-DD. */
export interface SlotDay {
  slotId: string;
  date: string;
}

const keyOf = ({ slotId, date }: SlotDay) => `${slotId} ${date}`;

/** How many seats of a slot are taken on a day, whoever has them; many days a statement. It shows nobody. */
export function bookedSeats(unscoped: Unscoped): DataLoader<SlotDay, number, string> {
  return new DataLoader(
    async (days) => {
      const { rows } = await unscoped.query<{ key: string; taken: number }>(
        `SELECT b.slot_id || ' ' || b.date::text AS key, count(*)::int AS taken
         FROM unnest($1::text[], $2::date[]) AS d(slot_id, date) JOIN venue_booking b USING (slot_id, date)
         WHERE b.seat IS NOT NULL GROUP BY 1`,
        [days.map(({ slotId }) => slotId), days.map(({ date }) => date)],
      );
      const taken = new Map(rows.map((row) => [row.key, row.taken]));
      return days.map((day) => taken.get(keyOf(day)) ?? 0);
    },
    { cacheKeyFn: keyOf },
  );
}
