import { randomUUID } from 'node:crypto';
import type { Job } from '@linli/kit/jobs/job';
import type { SystemContext } from '@linli/kit/writing/system';
import { geography } from '@linli/schema/geography';
import { move } from '../appeals/move.js';
import { clusters, detection } from '../appeals/weak-signal.js';
import type { Database } from '../database.js';
import { countForClusters } from '../queries/appeal-clusters.js';
import { kpisNow } from '../queries/appeal-kpis.js';
import { dueForLapse, dueForSupervision } from '../queries/appeal-rows.js';
import { monthIn } from '../shenzhen-day.js';

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

/** The month in Shenzhen before a moment's. */
function monthBefore(now: Date): string {
  const [year, month] = monthIn(now).split('-').map(Number) as [number, number];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}

/** Tells the measures of this month and the last, for the city and its districts, as they are published. */
async function tellKpis(tx: Tx): Promise<void> {
  const told = await kpisNow(tx);
  const places = [geography.city.code, ...geography.districts.map(({ id }) => id)];
  for (const period of [monthBefore(tx.now), monthIn(tx.now)]) {
    for (const place of places) {
      const measures = told.get(period)?.get(place);
      if (measures) await tx.emit({ type: 'AppealKpiReported', key: place, data: { place, ...measures } });
    }
  }
}

/** What happens to appeals without anybody doing anything. */
export const appealJobs: Job<Database>[] = [
  { name: 'overdue-appeals', everySeconds: 60, run: superviseOverdue },
  { name: 'lapsed-appeals', everySeconds: 300, run: closeLapsed },
  { name: 'weak-signals', everySeconds: 3600, run: raiseWeakSignals },
  { name: 'appeal-kpis', everySeconds: 86_400, run: tellKpis },
];
