import { minorUntil } from '@linli/kit/minor';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { communityWorkerOf, gridWorkerOf, isVisited, socialWorkerOf } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { GridVisitOutcome } from '../generated/graphql.js';
import { minutesBefore } from './calendar.js';

const outcomes: GridVisitOutcome[] = ['WELL', 'WELL', 'WELL', 'WELL', 'NOT_MET', 'NEEDS_HELP'];
const notes: Record<GridVisitOutcome, string> = {
  WELL: '示例：身体状况良好，提醒用电用气安全',
  NOT_MET: '示例：家中无人，已电话联系',
  NEEDS_HELP: '示例：需要协助购药，已告知社区',
};
const dayMinutes = 24 * 60;

/** The latest visit to everybody on the visiting round, at most 45 days back; to the demo family's elder one before. */
export const visitsSeed = defineSeed({
  name: 'grid-visits',
  tables: {
    grid_visit: [
      'id',
      'visited_at',
      'outcome',
      'note',
      'latest',
      'resident_id',
      'grid_code',
      'community_code',
      'handlers',
      'minor_until',
    ],
  },
  async run({ load, seed, households }) {
    for (const home of households()) {
      for (const person of home.members) {
        if (!isVisited(person, home)) continue;
        const random = randomFor(seed, 'grid-visit', person.id);
        const staff = [gridWorkerOf(person, home), communityWorkerOf(person, home), socialWorkerOf(person, home)];
        const handlers = staff.filter((id) => id !== null);
        const latest = random.int(600, 45 * dayMinutes);
        for (const before of home.index === 0 ? [latest + 30 * dayMinutes, latest] : [latest]) {
          const outcome = home.index === 0 ? 'WELL' : random.pick(outcomes);
          load.row('grid_visit', [
            opaqueId('v', person.id, before),
            minutesBefore(before).toISOString(),
            outcome,
            notes[outcome],
            before === latest,
            person.id,
            home.buildingCode.slice(0, 14),
            home.communityCode,
            handlers,
            minorUntil(person),
          ]);
        }
      }
      await load.flushIfFull();
    }
  },
});
