import { communityLayouts, demoCommunity, gridCode } from '@linli/kit/population/places';
import { opaqueId, randomFor, type Random } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { GridEventKind, GridEventSource, GridEventStage, SurveillanceSiteKind } from '../generated/graphql.js';
import { minutesBefore, shenzhenDay } from './calendar.js';

/** What an event of each kind is called here, and hours allowed for it: defaults, the plan sets no limits. */
const kinds: Record<GridEventKind, { title: string; hours: number }> = {
  FIRE_HAZARD: { title: '楼道堆放杂物堵塞消防通道', hours: 24 },
  POWER_AND_GAS: { title: '电动自行车违规充电', hours: 24 },
  PUBLIC_ORDER: { title: '出租屋门禁损坏', hours: 48 },
  DISPUTE: { title: '邻里噪声纠纷', hours: 72 },
  CROWDED_PLACE: { title: '商铺安全出口标识不清', hours: 72 },
  PUBLIC_WORKS: { title: '人行道路面破损', hours: 120 },
  ENVIRONMENT: { title: '公共区域垃圾未清运', hours: 48 },
  WATER_AND_SLOPE: { title: '低洼路段排水不畅', hours: 48 },
};
const kindNames = Object.keys(kinds) as GridEventKind[];
/** Grid workers on their rounds find the most. */
const sources: GridEventSource[] = [
  'GRID_WORKER',
  'GRID_WORKER',
  'GRID_WORKER',
  'RESIDENT',
  'SENSOR',
  'APPEAL',
  'CITY_PLATFORM',
];

/** How much of the allowed time has gone at each stage, in percent: only who is overdue is supervised. */
const elapsed: Record<GridEventStage, [number, number]> = {
  FOUND: [1, 20],
  DISPATCHED: [21, 50],
  HANDLING: [51, 99],
  SUPERVISED: [101, 250],
  ANALYSED: [110, 2000],
};
const stages = Object.keys(elapsed) as GridEventStage[];
/** Most events on record are over. */
const usualStages: GridEventStage[] = [...stages, 'ANALYSED', 'ANALYSED', 'ANALYSED', 'ANALYSED', 'ANALYSED'];

const siteKinds: SurveillanceSiteKind[] = ['ROAD', 'ENTRANCE', 'PUBLIC_PLACE', 'ROAD'];

function siteLocation(kind: SurveillanceSiteKind, number: number, random: Random): string {
  if (kind === 'ENTRANCE') return `示例小区 ${random.int(1, 9)} 号出入口`;
  return kind === 'ROAD' ? `示例路 ${number}${random.int(0, 9)} 号灯杆` : `示例广场 ${random.int(1, 9)} 号立杆`;
}

/**
 * Grid cells over the buildings that every department knows, with 3 to 8 events and 4 video sites each (defaults). The
 * demo community has an event at every stage.
 */
export const gridSeed = defineSeed({
  name: 'grid',
  tables: {
    grid_cell: ['code', 'name', 'buildings', 'community_code'],
    grid_event: ['id', 'kind', 'source', 'stage', 'title', 'reported_at', 'due_at', 'grid_code', 'community_code'],
    surveillance_site: ['id', 'kind', 'online', 'location', 'community_code'],
  },
  async run({ load, seed, residents }) {
    const layouts = communityLayouts(residents);

    const events = (cell: string, community: string) => {
      const count = randomFor(seed, 'grid-events', cell).int(3, 8) + (community === demoCommunity ? stages.length : 0);
      for (let number = 1; number <= count; number++) {
        const random = randomFor(seed, 'grid-event', cell, number);
        const kind = random.pick(kindNames);
        const { title, hours } = kinds[kind];
        const stage = (community === demoCommunity && stages[number - 1]) || random.pick(usualStages);
        const minutes = Math.round((hours * 60 * random.int(...elapsed[stage])) / 100);
        const reported = minutesBefore(minutes);
        load.row('grid_event', [
          `E${shenzhenDay(reported)}-${cell}-${String(number).padStart(2, '0')}`,
          kind,
          random.pick(sources),
          stage,
          title,
          reported.toISOString(),
          minutesBefore(minutes - hours * 60).toISOString(),
          cell,
          community,
        ]);
      }
    };

    for (const { code, name } of geography.communities) {
      const buildings = new Map<string, number>();
      for (let number = 1; number <= layouts.get(code)!.buildings; number++) {
        const cell = gridCode(code, number);
        buildings.set(cell, (buildings.get(cell) ?? 0) + 1);
      }
      for (const [cell, count] of buildings) {
        load.row('grid_cell', [cell, `${name}第${Number(cell.slice(12))}网格`, count, code]);
        events(cell, code);
        for (const [i, kind] of siteKinds.entries()) {
          const random = randomFor(seed, 'site', cell, i);
          const location = siteLocation(kind, i + 1, random);
          load.row('surveillance_site', [opaqueId('s', cell, i), kind, random.chance(0.97), location, code]);
        }
      }
      await load.flushIfFull();
    }
  },
});
