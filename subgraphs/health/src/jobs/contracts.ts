import type { Job } from '@linli/kit/jobs/job';
import type { Database } from '../database.js';
import { contractsToAnnounce, expireContracts } from '../queries/expire-contracts.js';
import { dayOf, isoDay, plusDays } from '../today.js';

/** Days before its expiry at which a contract is announced; a default of this hub. */
const announcedDays = 30;

/** Batches of one run, so that a run ends soon; what is left is due a minute later. */
const batches = 20;

/** Ends family-doctor contracts that have run out, and announces those that soon will, each once. */
export const contractsJob: Job<Database> = {
  name: 'family-doctor-contracts',
  everySeconds: 60,
  async run(tx) {
    const today = dayOf(tx.now);
    for (let i = 0; i < batches && (await expireContracts(tx, today)) > 0; i++);
    const soon = await contractsToAnnounce(tx, today, plusDays(today, announcedDays));
    for (const { id, expires_on: expiresOn } of soon) {
      const data = { contractId: id, expiresOn: isoDay(expiresOn) };
      await tx.emit({ type: 'FamilyDoctorContractExpiring', key: id, data });
    }
  },
};
