import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';
import { dayText } from '../shenzhen-day.js';

export interface LapsedPermit {
  no: string;
  communityCode: string;
  validUntil: Date;
}

/** Marks permits that have run out by a day and were not marked yet, so many at the most. */
export async function markLapsed(
  { query }: Pick<SystemContext<Database>, 'query'>,
  today: Date,
  most: number,
): Promise<LapsedPermit[]> {
  return query<LapsedPermit>(
    `UPDATE residence_permit SET expired_on = $1::date WHERE no IN (
       SELECT no FROM residence_permit WHERE expired_on IS NULL AND valid_until < $1::date AND cancelled_on IS NULL
       ORDER BY valid_until, no LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING no, community_code AS "communityCode", valid_until AS "validUntil"`,
    [dayText(today), most],
  );
}
