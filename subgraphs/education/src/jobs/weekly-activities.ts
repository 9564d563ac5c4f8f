import type { Job } from '@linli/kit/jobs/job';
import type { Database } from '../database.js';
import { addDays, slotTime, today, weekdayOf } from '../days.js';

/** How many days before they take place weekly activities are published. */
const daysAhead = 14;

/** Publishes the coming weeks' activities of what takes place every week (周周有活动). */
export const weeklyActivities: Job<Database> = {
  name: 'weekly-activities',
  everySeconds: 3600,
  async run(tx) {
    const first = today(tx.now);
    const dates = Array.from({ length: daysAhead + 1 }, (_, i) => addDays(first, i));
    const until = new Date(dates.at(-1)!);
    const series = await tx.all.activitySeries.findMany({
      where: { firstOn: { lte: until }, OR: [{ lastOn: null }, { lastOn: { gte: new Date(first) } }] },
    });
    const coming = series.flatMap(({ weekday, firstOn, lastOn, startsAt, minutes, id, ...activity }) =>
      dates
        .filter((date) => weekdayOf(date) === weekday && new Date(date) >= firstOn)
        .filter((date) => lastOn === null || new Date(date) <= lastOn)
        .map((date) => ({ ...activity, id: `${id}-${date}`, seriesId: id, at: slotTime(date, startsAt), minutes }))
        .filter(({ at }) => at > tx.now)
        .map(({ at, minutes: lasts, ...rest }) => ({
          ...rest,
          startsAt: at,
          endsAt: new Date(at.getTime() + lasts * 60_000),
        })),
    );
    await tx.all.activity.createMany({ data: coming, skipDuplicates: true });
  },
};
