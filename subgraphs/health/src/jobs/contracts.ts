import type { Job } from '@linli/kit/jobs/job';
import type { Database } from '../database.js';
import { contractsToAnnounce, expireContracts } from '../queries/expire-contracts.js';
import { dayOf, isoDay, plusDays } from '../today.js';

/** Days before its expiry at which a contract is announced; a default of this hub. */
const announcedDays = 30;

/** Ends family-doctor contracts that have run out, and announces those that soon will, each once. */
export const contractsJob: Job<Database> = {
  name: 'family-doctor-contracts',
  everySeconds: 3600,
  async run(tx) {
    const today = dayOf(tx.now);
    while ((await expireContracts(tx, today)) > 0);
    for (;;) {
      const soon = await contractsToAnnounce(tx, today, plusDays(today, announcedDays));
      if (soon.length === 0) return;
      for (const { id, expires_on: expiresOn } of soon) {
        const data = { contractId: id, expiresOn: isoDay(expiresOn) };
        await tx.emit({ type: 'FamilyDoctorContractExpiring', key: id, data });
      }
    }
  },
};
