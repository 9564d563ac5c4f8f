import type { LinliEvent } from './event.js';

/** Handles an event; rejects where it should be sent again. */
export type Handle = (event: LinliEvent) => Promise<void>;

/** Carries events from one department to the others: at least once, those of one key in their order. */
export interface EventBus {
  /** Resolves when the event is with everybody who wants it, or kept for them. */
  publish(event: LinliEvent): Promise<void>;
  /**
   * Takes events from now on, and those kept since this department took some last.
   * @param department who takes them
   * @param names events by `department.Type`
   */
  subscribe(department: string, names: readonly string[], handle: Handle): Promise<void>;
  close(): Promise<void>;
}
