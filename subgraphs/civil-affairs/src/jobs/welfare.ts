import type { Job } from '@linli/kit/jobs/job';
import type { Database } from '../database.js';
import { signalHardship } from '../hardship.js';
import { unattendedElders } from '../queries/hardship-screening.js';

/** New leads of one screening at most, so that those who look into them are not flooded; a default of this hub. */
const leadsPerScreening = 200;

/** What is done for people's welfare without anybody asking. */
export const welfareJobs: readonly Job<Database>[] = [
  {
    name: 'hardship-screening',
    everySeconds: 24 * 3600,
    async run(tx) {
      for (const id of await unattendedElders(tx, tx.now, leadsPerScreening)) {
        const resident = await tx.all.resident.findUniqueOrThrow({ where: { id } });
        const { communityCode } = resident;
        const signal = { source: 'DATA_MATCH', reason: 'LACK_OF_CARE', detail: null } as const;
        await signalHardship(tx, { resident, communityCode, ...signal });
      }
    },
  },
  {
    name: 'finished-volunteer-projects',
    everySeconds: 600,
    async run(tx) {
      await tx.all.volunteerProject.updateMany({
        where: { state: 'OPEN', endsAt: { lt: tx.now } },
        data: { state: 'DONE', version: { increment: 1 } },
      });
    },
  },
];
