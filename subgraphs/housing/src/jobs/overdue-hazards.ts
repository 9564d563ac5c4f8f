import type { Job } from '@linli/kit/jobs/job';
import type { Database } from '../database.js';
import { recordStep } from '../mutations/case.js';
import { dateIn } from '../today.js';

/** Hazards that one run marks at the most; the next run goes on. */
const atOnce = 500;

/** Marks hazards that were not mended by their day, once each, and tells of them. */
export const overdueHazards: Job<Database> = {
  name: 'overdue-hazards',
  everySeconds: 600,
  async run(tx) {
    const today = dateIn(tx.now);
    const due = await tx.all.safetyInspection.findMany({
      where: { state: 'OPEN', dueOn: { lt: today }, overdueSince: null },
      orderBy: { dueOn: 'asc' },
      take: atOnce,
    });
    for (const { id, hazard, dueOn, projectId, communityCode, buildingCode, version } of due) {
      const marked = await tx.all.safetyInspection.updateMany({
        where: { id, version },
        data: { overdueSince: new Date(dueOn.getTime() + 86_400_000), version: { increment: 1 } },
      });
      if (marked.count === 0) continue;
      await recordStep(tx, { caseId: id, state: 'OVERDUE', actor: null });
      await tx.emit({
        type: 'HazardOverdue',
        key: id,
        data: {
          hazardId: id,
          kind: hazard,
          dueOn: dueOn.toISOString().slice(0, 10),
          projectId,
          communityCode,
          buildingCode,
        },
      });
    }
  },
};
