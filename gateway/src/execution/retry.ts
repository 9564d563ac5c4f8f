import type { Outcome } from './exchange.js';

const leastPauseMs = 10;
const mostPauseMs = 50;

/** Whether a query's fetch may be sent once more: the department has not begun to answer, or says that it cannot now. */
export function isWorthRepeating(outcome: Outcome): boolean {
  return outcome.failure === undefined ? outcome.status === 503 : outcome.failure === 'unreachable';
}

/** Milliseconds before the repetition: different ones, so that those who failed together do not come back together. */
export function pauseBeforeRetry(random: () => number = Math.random): number {
  return leastPauseMs + random() * (mostPauseMs - leastPauseMs);
}
