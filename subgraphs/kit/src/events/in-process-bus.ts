import type { EventBus, Handle } from './bus.js';
import { nameOf } from './event.js';

/** Between subgraphs of one process: publishing waits for everybody who takes the event. */
export function inProcessBus(): EventBus & { leave(department: string): void } {
  const handlers = new Map<string, { names: ReadonlySet<string>; handle: Handle }>();
  return {
    async publish(event) {
      const name = nameOf(event);
      const takers = [...handlers.values()].filter(({ names }) => names.has(name));
      await Promise.all(takers.map(({ handle }) => handle(event)));
    },
    async subscribe(department, names, handle) {
      handlers.set(department, { names: new Set(names), handle });
    },
    leave: (department) => void handlers.delete(department),
    async close() {
      handlers.clear();
    },
  };
}
