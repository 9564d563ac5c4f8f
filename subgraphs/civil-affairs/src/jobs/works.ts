import type { Job } from '@linli/kit/jobs/job';
import type { Database } from '../database.js';
import { endVote } from '../mutations/project-votes.js';

/** Ends what has an end of its own: votes whose time is up, and sessions at terminals that nobody ended. */
export const worksJobs: readonly Job<Database>[] = [
  {
    name: 'end-project-votes',
    everySeconds: 60,
    async run(tx) {
      const due = await tx.all.projectVote.findMany({
        where: { state: 'OPEN', closesAt: { lte: tx.now } },
        orderBy: { id: 'asc' },
        take: 100,
      });
      for (const vote of due) await endVote(tx, vote);
    },
  },
  {
    name: 'end-kiosk-sessions',
    everySeconds: 60,
    async run(tx) {
      await tx.all.kioskSession.deleteMany({ where: { expiresAt: { lte: tx.now } } });
    },
  },
];
