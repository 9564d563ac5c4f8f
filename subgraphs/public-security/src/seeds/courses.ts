import { communityLayouts, demoCommunity, gridCode } from '@linli/kit/population/places';
import { opaqueId } from '@linli/kit/population/random';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { GridEventAction, GridEventStage } from '../generated/graphql.js';
import { minutesBefore } from './calendar.js';
import { alarmed, eventsOfCell, type SeededEvent } from './grid.js';

const demoStreet = demoCommunity.slice(0, 9);
/** One of so many communities has a site of smart security, beside the demo family's. Made up. */
const smartSecurityEvery = 8;

const course: [GridEventAction, GridEventStage, role: string | null, note: string | null][] = [
  ['REPORTED', 'FOUND', 'grid-worker', null],
  ['DISPATCHED', 'DISPATCHED', 'grid-worker', null],
  ['HANDLED', 'HANDLING', 'grid-worker', '示例：已到现场'],
  ['ESCALATED', 'SUPERVISED', null, null],
  ['CLOSED', 'ANALYSED', 'grid-worker', '示例：已处置，现场恢复正常'],
];

/** What led an event to its stage; of those that are over, only the late ones were supervised. */
function stepsOf(event: SeededEvent): Cell[][] {
  const { id, stage, reported, due, closed, unit } = event;
  const last = course.findIndex(([, to]) => to === stage);
  const late = closed === null || closed < due;
  const steps = course.slice(0, last + 1).filter(([, to]) => to !== 'SUPERVISED' || late);
  const supervised = steps.some(([, to]) => to === 'SUPERVISED');
  const until = supervised ? due : (closed ?? 0);
  return steps.map(([action, to, role, note], i) => {
    const share = Math.round(((reported - until) * i) / course.length);
    const at = to === 'SUPERVISED' ? due : to === 'ANALYSED' ? closed! : reported - share;
    const from = i === 0 ? null : steps[i - 1]![1];
    return [id, String(i + 1), action, from, to, minutesBefore(at).toISOString(), i === 0 ? null : unit, role, note];
  });
}

/**
 * Courses of the events of the demo family's street (those of others began before courses were written down), sites of
 * smart security (智感安防) with the alert that raised one of the demo community's events.
 */
export const coursesSeed = defineSeed({
  name: 'grid-courses',
  tables: {
    grid_event_step: ['event_id', 'number', 'action', 'from', 'to', 'at', 'unit', 'role', 'note'],
    surveillance_site: ['id', 'kind', 'online', 'location', 'community_code', 'network', 'grid_code'],
    device_alert: ['id', 'kind', 'raised_at', 'site_id', 'event_id', 'community_code'],
  },
  async run({ load, seed, residents }) {
    const layouts = communityLayouts(residents);
    for (const [i, { code }] of geography.communities.entries()) {
      const demo = code === demoCommunity;
      const first = gridCode(code, 1);
      if (i % smartSecurityEvery === 0) {
        const site = opaqueId('s', first, 'smart');
        load.row('surveillance_site', [site, 'ENTRANCE', true, '示例小区 1 号出入口', code, 'SMART_SECURITY', first]);
        const raised = demo && [...eventsOfCell(seed, first)][alarmed - 1];
        if (raised) {
          const at = minutesBefore(raised.reported).toISOString();
          load.row('device_alert', [opaqueId('a', raised.id), 'SMOKE', at, site, raised.id, code]);
        }
      }
      if (!code.startsWith(demoStreet)) continue;
      const cells = new Set<string>();
      for (let number = 1; number <= layouts.get(code)!.buildings; number++) cells.add(gridCode(code, number));
      for (const cell of cells) {
        for (const event of eventsOfCell(seed, cell))
          for (const step of stepsOf(event)) load.row('grid_event_step', step);
      }
      await load.flushIfFull();
    }
  },
});
