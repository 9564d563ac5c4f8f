import { randomUUID } from 'node:crypto';
import type { Job } from '@linli/kit/jobs/job';
import type { SystemContext } from '@linli/kit/writing/system';
import { move } from '../appeals/move.js';
import { clusters, detection } from '../appeals/weak-signal.js';
import type { Database } from '../database.js';
import { countForClusters } from '../queries/appeal-clusters.js';
import { dueForLapse, dueForSupervision } from '../queries/appeal-rows.js';

type Tx = SystemContext<Database>;

const held = (tx: Tx, nos: string[]) => tx.all.appeal.findMany({ where: { no: { in: nos } }, orderBy: { no: 'asc' } });

/** Raises the supervision (督办) of what is not answered in time. */
async function superviseOverdue(tx: Tx): Promise<void> {
  for (const appeal of await held(tx, await dueForSupervision(tx, tx.now))) {
    const moved = await move(tx, appeal, {
      action: 'SUPERVISE',
      actor: 'SYSTEM',
      unit: null,
      value: appeal.supervision + 1,
      note: '超过应办结时间',
    });
    const { no, state, category, communityCode, lead, supervision } = moved;
    await tx.emit({ type: 'AppealOverdue', key: no, data: { no, state, category, communityCode, lead, supervision } });
  }
}

/** Closes what whoever raised it says nothing about. */
async function closeLapsed(tx: Tx): Promise<void> {
  for (const appeal of await held(tx, await dueForLapse(tx, tx.now))) {
    const isDone = appeal.state === 'EVALUATED' || appeal.channel === 'PROACTIVE';
    await move(tx, appeal, { action: isDone ? 'CLOSE' : 'LAPSE', actor: 'SYSTEM', unit: null });
  }
}

/** Warns of clusters; one that staff have dealt with is not raised again by the same appeals. */
async function raiseWeakSignals(tx: Tx): Promise<void> {
  const windowEnd = tx.now;
  const windowStart = new Date(windowEnd.getTime() - detection.windowDays * 86_400_000);
  const settled = await tx.all.weakSignal.findMany({ where: { settledAt: { gte: windowStart } } });
  const quiet = new Set(settled.map(({ communityCode, category }) => `${communityCode}:${category}`));
  for (const { communityCode, category, now: count, expected, pValue } of clusters(
    await countForClusters(tx, windowEnd),
  )) {
    const openKey = `${communityCode}:${category}`;
    if (quiet.has(openKey)) continue;
    const figures = { windowStart, windowEnd, count, expected, pValue };
    const known = await tx.all.weakSignal.updateMany({ where: { openKey }, data: figures });
    if (known.count > 0) continue;
    const id = `w${randomUUID()}`;
    await tx.all.weakSignal.create({
      data: { id, communityCode, category, state: 'OPEN', openKey, raisedAt: tx.now, ...figures },
    });
    await tx.emit({ type: 'WeakSignalRaised', key: communityCode, data: { id, communityCode, category, count } });
  }
}

/** What happens to appeals without anybody doing anything. */
export const appealJobs: Job<Database>[] = [
  { name: 'overdue-appeals', everySeconds: 60, run: superviseOverdue },
  { name: 'lapsed-appeals', everySeconds: 300, run: closeLapsed },
  { name: 'weak-signals', everySeconds: 3600, run: raiseWeakSignals },
];
