import { communityLayouts, demoCommunity, gridCode } from '@linli/kit/population/places';
import { opaqueId, randomFor, type Random } from '@linli/kit/population/random';
import { gridWorkerOfCell } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type {
  GridEventCause,
  GridEventKind,
  GridEventSource,
  GridEventStage,
  GridHandlingUnit,
  SurveillanceSiteKind,
} from '../generated/graphql.js';
import { gridEventKinds } from '../grid-event-kinds.js';
import { minutesBefore, shenzhenDay } from './calendar.js';

/** What an event of each kind is called here. */
const titles: Record<GridEventKind, string> = {
  FIRE_HAZARD: '楼道堆放杂物堵塞消防通道',
  POWER_AND_GAS: '电动自行车违规充电',
  PUBLIC_ORDER: '出租屋门禁损坏',
  DISPUTE: '邻里噪声纠纷',
  CROWDED_PLACE: '商铺安全出口标识不清',
  PUBLIC_WORKS: '人行道路面破损',
  ENVIRONMENT: '公共区域垃圾未清运',
  WATER_AND_SLOPE: '低洼路段排水不畅',
};
const kindNames = Object.keys(titles) as GridEventKind[];
const causes: GridEventCause[] = ['NEGLIGENCE', 'WEAR', 'CONSTRUCTION', 'WEATHER', 'OTHER'];
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

/** A made-up event; times in minutes before the reference moment, the larger the earlier. */
export interface SeededEvent {
  id: string;
  kind: GridEventKind;
  source: GridEventSource;
  stage: GridEventStage;
  reported: number;
  due: number;
  closed: number | null;
  cause: GridEventCause | null;
  unit: GridHandlingUnit | null;
}

/** The events of a grid cell, as many and the same in every seed that asks. */
export function* eventsOfCell(seed: number, cell: string): Generator<SeededEvent> {
  const demo = cell.startsWith(demoCommunity);
  const count = randomFor(seed, 'grid-events', cell).int(3, 8) + (demo ? stages.length : 0);
  for (let number = 1; number <= count; number++) {
    const random = randomFor(seed, 'grid-event', cell, number);
    const kind = random.pick(kindNames);
    const { hours, unit } = gridEventKinds[kind];
    const stage = (demo && stages[number - 1]) || random.pick(usualStages);
    const reported = Math.round((hours * 60 * random.int(...elapsed[stage])) / 100);
    const drawn = random.pick(sources);
    const closed = stage === 'ANALYSED' ? reported - Math.round((hours * 60 * random.int(20, 109)) / 100) : null;
    yield {
      id: `E${shenzhenDay(minutesBefore(reported))}-${cell}-${String(number).padStart(2, '0')}`,
      kind,
      source: demo && number === alarmed ? 'SENSOR' : drawn,
      stage,
      reported,
      due: reported - hours * 60,
      closed,
      cause: closed === null ? null : random.pick(causes),
      unit: stage === 'FOUND' ? null : unit,
    };
  }
}

/** The demo community's event that a device raised: the third, which is being handled. */
export const alarmed = 3;

/**
 * Grid cells over the buildings that every department knows, with 3 to 8 events and 4 video sites each (defaults). The
 * demo community has an event at every stage.
 */
export const gridSeed = defineSeed({
  name: 'grid',
  tables: {
    grid_cell: ['code', 'name', 'buildings', 'community_code'],
    grid_event: [
      'id',
      'kind',
      'source',
      'stage',
      'title',
      'reported_at',
      'due_at',
      'grid_code',
      'community_code',
      'lead_unit',
      'supervision',
      'handled_at',
      'closed_at',
      'cause',
      'result',
      'handlers',
    ],
    surveillance_site: ['id', 'kind', 'online', 'location', 'community_code', 'grid_code'],
  },
  async run({ load, seed, residents }) {
    const layouts = communityLayouts(residents);

    const events = (cell: string, community: string) => {
      for (const event of eventsOfCell(seed, cell)) {
        const { id, kind, source, stage, reported, due, closed, cause, unit } = event;
        load.row('grid_event', [
          id,
          kind,
          source,
          stage,
          titles[kind],
          minutesBefore(reported).toISOString(),
          minutesBefore(due).toISOString(),
          cell,
          community,
          unit,
          stage === 'SUPERVISED' ? 1 : 0,
          closed === null ? null : minutesBefore(closed).toISOString(),
          closed === null ? null : minutesBefore(closed).toISOString(),
          cause,
          closed === null ? null : '示例：已处置，现场恢复正常',
          stage === 'FOUND' ? [] : [gridWorkerOfCell(cell)],
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
          load.row('surveillance_site', [opaqueId('s', cell, i), kind, random.chance(0.97), location, code, cell]);
        }
      }
      await load.flushIfFull();
    }
  },
});
