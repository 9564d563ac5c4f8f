import type { Job } from '@linli/kit/jobs/job';
import type { Database } from '../database.js';
import { today } from '../days.js';
import { stepId } from '../step-id.js';

/** Children whose guardians have accepted a place are pupils from the day on which the term begins. */
export const termBegins: Job<Database> = {
  name: 'term-begins',
  everySeconds: 3600,
  async run(tx) {
    const begun = await tx.all.schoolTerm.findMany({ where: { startsOn: { lte: new Date(today(tx.now)) } } });
    const enrolled = await tx.all.schoolPlacement.updateManyAndReturn({
      where: { state: 'CONFIRMED', termId: { in: begun.map(({ id }) => id) } },
      data: { state: 'ENROLLED', since: new Date(today(tx.now)), version: { increment: 1 } },
    });
    await tx.all.schoolPlacementStep.createMany({
      data: enrolled.map(({ id, version }) => ({
        id: stepId(id, version),
        placementId: id,
        at: tx.now,
        actor: 'SYSTEM' as const,
        from: 'CONFIRMED' as const,
        to: 'ENROLLED' as const,
      })),
    });
  },
};
