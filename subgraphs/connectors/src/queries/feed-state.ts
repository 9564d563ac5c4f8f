import DataLoader from 'dataloader';
import type { Unscoped } from '@linli/kit/scope/scope';

/** How the exchange with a platform stands. */
export interface FeedState {
  pending: number;
  dead: number;
  lastDeliveredAt: Date | null;
  lastReceivedAt: Date | null;
}

const statement = `SELECT p.code,
    (SELECT count(*)::int FROM delivery d WHERE d.platform_code = p.code AND d.state = 'PENDING') AS "pending",
    (SELECT count(*)::int FROM delivery d WHERE d.platform_code = p.code AND d.state = 'DEAD') AS "dead",
    (SELECT max(delivered_at) FROM delivery d WHERE d.platform_code = p.code) AS "lastDeliveredAt",
    (SELECT max(received_at) FROM inbound_event i WHERE i.platform_code = p.code) AS "lastReceivedAt"
  FROM platform p WHERE p.code = ANY($1::text[])`;

/** Counts of deliveries by platform; they count events, not people. */
export function feedStates(unscoped: Unscoped): DataLoader<string, FeedState> {
  return new DataLoader(async (codes) => {
    const { rows } = await unscoped.query<FeedState & { code: string }>(statement, [codes]);
    const states = new Map(rows.map((row) => [row.code, row]));
    return codes.map((code) => states.get(code)!);
  });
}
