import type { Job } from '@linli/kit/jobs/job';
import type { Database } from '../database.js';
import { highestSupervision, hoursToEscalation, moveEvent } from '../grid-course.js';
import { holdOverdue } from '../queries/overdue-events.js';

/** Events that one run escalates at the most; the next one goes on. */
const most = 500;
const hourInMs = 3_600_000;

/**
 * Supervises events that are not done in time, and again a day later, a level higher each time up to the district. What
 * was made up for a day gone by has no time running (`escalateAt` is null) and stays as it is.
 */
export const overdueEvents: Job<Database> = {
  name: 'overdue-grid-events',
  everySeconds: 60,
  async run(tx) {
    const ids = await holdOverdue(tx, most);
    for (const event of await tx.all.gridEvent.findMany({ where: { id: { in: ids } } })) {
      const supervision = Math.min(event.supervision + 1, highestSupervision);
      const next = new Date(tx.now.getTime() + hoursToEscalation * hourInMs);
      const escalateAt = supervision < highestSupervision ? next : null;
      const data = { supervision, escalateAt };
      await moveEvent(tx, event, { action: 'ESCALATED', to: 'SUPERVISED', data });
      const { id, kind, communityCode, gridCode, dueAt } = event;
      await tx.emit({
        type: 'GridEventEscalated',
        key: id,
        data: { id, kind, level: supervision, communityCode, gridCode, dueAt: dueAt.toISOString() },
      });
    }
  },
};
