import type { ResidencePermitState } from './generated/graphql.js';
import { shenzhenDay } from './shenzhen-day.js';

/** Dates as midnight UTC, as the database gives them. */
export interface PermitDates {
  readonly validUntil: Date;
  readonly cancelledOn: Date | null;
  readonly endorsedUntil: Date | null;
}

/**
 * The state of a residence permit at a moment. A permit is good through the whole of its last day in Shenzhen; one that
 * was cancelled stays cancelled after it would have run out. One that was not endorsed in time cannot be used until it is.
 */
export function permitState(permit: PermitDates, now: Date): ResidencePermitState {
  if (permit.cancelledOn) return 'CANCELLED';
  const today = shenzhenDay(now);
  if (permit.validUntil < today) return 'EXPIRED';
  return permit.endorsedUntil && permit.endorsedUntil < today ? 'SUSPENDED' : 'VALID';
}
