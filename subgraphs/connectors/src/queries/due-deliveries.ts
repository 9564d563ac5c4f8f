import type { Statements } from '@linli/kit/writing/statements';

/** A delivery that somebody took to send it. */
export interface Due {
  id: string;
  platform_code: string;
  event_id: string;
  payload: unknown;
  attempts: number;
}

/** Deliveries that are under way at once. */
const width = 8;
/** Seconds for which a process has what it took; should it end meanwhile, another one takes it then. */
const leaseSeconds = 30;

/**
 * Takes what is due: of each platform and key the first alone, so that its events arrive in their order. What is taken is
 * due again only after the lease.
 * @param platforms codes of those that can be reached
 */
export function takeDue({ query }: Statements, now: Date, platforms: readonly string[]): Promise<Due[]> {
  return query<Due>(
    `UPDATE delivery SET next_attempt_at = $1::timestamptz + interval '${leaseSeconds} seconds'
     WHERE id IN (
       SELECT d.id FROM delivery d JOIN platform p ON p.code = d.platform_code AND p.active
       WHERE d.state = 'PENDING' AND d.next_attempt_at <= $1::timestamptz AND d.platform_code = ANY($2::text[])
         AND NOT EXISTS (SELECT 1 FROM delivery e WHERE e.platform_code = d.platform_code AND e.key = d.key
           AND e.state = 'PENDING' AND e.id < d.id)
       ORDER BY d.id LIMIT ${width} FOR UPDATE OF d SKIP LOCKED)
     RETURNING id, platform_code, event_id, payload, attempts`,
    [now.toISOString(), platforms],
  );
}

/** The platform took it. */
export async function noteDelivered({ query }: Statements, id: string, now: Date): Promise<void> {
  await query(
    `UPDATE delivery SET state = 'DELIVERED', attempts = attempts + 1, last_error = NULL, next_attempt_at = NULL,
       delivered_at = $2::timestamptz, version = version + 1 WHERE id = $1`,
    [id, now.toISOString()],
  );
}

/**
 * The platform did not take it.
 * @param next when it is tried again; undefined where it is not, and is dead
 */
export async function noteFailed(
  { query }: Statements,
  id: string,
  failure: string,
  next: Date | undefined,
): Promise<void> {
  await query(
    `UPDATE delivery SET state = $3::"DeliveryState", attempts = attempts + 1, last_error = $2,
       next_attempt_at = $4::timestamptz, version = version + 1 WHERE id = $1`,
    [id, failure, next ? 'PENDING' : 'DEAD', next?.toISOString() ?? null],
  );
}
