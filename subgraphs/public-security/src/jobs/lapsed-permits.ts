import type { Job } from '@linli/kit/jobs/job';
import type { Database } from '../database.js';
import { markLapsed } from '../queries/lapsed-permits.js';
import { daysLater, shenzhenDay } from '../shenzhen-day.js';

/** Permits that one run marks at the most; the next one goes on. */
const most = 1000;
/** Days after which nobody needs to be told any more that a permit ran out. */
const newsForDays = 7;

/** Marks residence permits that have run out, and says so of those that did lately. */
export const lapsedPermits: Job<Database> = {
  name: 'lapsed-residence-permits',
  everySeconds: 600,
  async run(tx) {
    const today = shenzhenDay(tx.now);
    for (const { no, communityCode, validUntil } of await markLapsed(tx, today, most)) {
      if (validUntil < daysLater(today, -newsForDays)) continue;
      await tx.emit({ type: 'ResidencePermitExpired', key: no, data: { no, communityCode } });
    }
  },
};
