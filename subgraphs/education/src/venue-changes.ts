import type { LinliEvent } from '@linli/kit/events/event';
import type { OwnEvents } from '@linli/kit/events/local';

/** What changes how much of a venue is free. */
const types = ['VenueBooked', 'VenueReleased', 'VenueSlotsChanged'];

async function nextOf(source: AsyncIterator<LinliEvent>, i: number) {
  return { i, result: await source.next() };
}

/** All that happens to a venue from now on, of whatever type; ends when its reader stops, or the service does. */
export function venueChanges(events: OwnEvents, venueId: string): AsyncIterableIterator<LinliEvent> {
  const sources = types.map((type) => events.of(type, ({ key }) => key === venueId));
  const pending = new Map(sources.map((source, i) => [i, nextOf(source, i)]));
  const done = { value: undefined, done: true } as const;
  return {
    async next() {
      while (pending.size > 0) {
        const { i, result } = await Promise.race([...pending.values()]);
        if (result.done) pending.delete(i);
        else pending.set(i, nextOf(sources[i]!, i));
        if (!result.done) return result;
      }
      return done;
    },
    // Ends the sources, and with them whoever waits in `next`.
    async return() {
      for (const source of sources) await source.return?.();
      return done;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
