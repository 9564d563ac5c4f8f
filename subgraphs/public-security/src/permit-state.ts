import type { ResidencePermitState } from './generated/graphql.js';

/** Permits run out by the calendar of the place where they are issued. */
const shenzhenOffset = 8 * 3_600_000;

/**
 * The state of a residence permit at a moment. A permit is good through the whole of its last day in Shenzhen; one that
 * was cancelled stays cancelled after it would have run out.
 * @param permit dates as midnight UTC, as the database gives them
 */
export function permitState(permit: { validUntil: Date; cancelledOn: Date | null }, now: Date): ResidencePermitState {
  if (permit.cancelledOn) return 'CANCELLED';
  const today = new Date(now.getTime() + shenzhenOffset).toISOString().slice(0, 10);
  return permit.validUntil.toISOString().slice(0, 10) < today ? 'EXPIRED' : 'VALID';
}
