import { demoCommunity } from '@linli/kit/population/places';
import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { EmergencyHazard, WarningLevel } from '../generated/graphql.js';
import { minutesBefore, shenzhenDay } from './calendar.js';

/** Kinds that warnings are issued for, with what people are told to do. */
const advice: Partial<Record<EmergencyHazard, [name: string, advice: string]>> = {
  TYPHOON: ['台风', '请停止户外作业，加固门窗与室外悬挂物'],
  RAINSTORM: ['暴雨', '请避开低洼路段，非必要不外出'],
  THUNDERSTORM: ['雷电', '请留在室内，远离高处与空旷地带'],
  HEAT: ['高温', '请避免午后户外活动，多关心独居老人'],
  WATERLOGGING: ['内涝', '请转移地下空间的车辆与物资'],
  LANDSLIDE: ['地质灾害', '请远离边坡，按社区指引转移避险'],
  FIRE: ['火险', '请勿在林区及周边用火'],
};
const kinds = Object.keys(advice) as EmergencyHazard[];
const levels: [WarningLevel, string][] = [
  ['BLUE', '蓝色'],
  ['BLUE', '蓝色'],
  ['YELLOW', '黄色'],
  ['YELLOW', '黄色'],
  ['ORANGE', '橙色'],
  ['RED', '红色'],
];

/** Ground that a warning is issued for. */
interface Area {
  place: string;
  prefixes: string[];
  count: number;
}

/** The city as code prefixes: its own, and those of districts whose streets lie under another city's code. */
function cityPrefixes(): string[] {
  const { city, districts } = geography;
  return [
    city.code,
    ...districts.flatMap(({ prefixes }) => prefixes.filter((prefix) => !prefix.startsWith(city.code))),
  ];
}

/** Six for the city, two for each district, one for every third street or so and the demo family's (defaults). */
function areas(seed: number): Area[] {
  const { districts, streets } = geography;
  const warned = streets.filter(
    ({ code }) => demoCommunity.startsWith(code) || randomFor(seed, 'street-warning', code).chance(0.33),
  );
  return [
    { place: '全市', prefixes: cityPrefixes(), count: 6 },
    ...districts.map(({ name, prefixes }) => ({ place: name, prefixes, count: 2 })),
    ...warned.map(({ code, name }) => ({ place: name, prefixes: [code], count: 1 })),
  ];
}

/** Warnings of the half year before the reference date. Each text says that it is an example. */
export const warningsSeed = defineSeed({
  name: 'warnings',
  tables: {
    warning: ['id', 'kind', 'level', 'text', 'place', 'issued_at', 'lifted_at'],
    warning_area: ['warning_id', 'prefix'],
  },
  async run({ load, seed }) {
    let serial = 0;
    for (const { place, prefixes, count } of areas(seed)) {
      for (let i = 0; i < count; i++) {
        const random = randomFor(seed, 'warning', ++serial);
        const kind = random.pick(kinds);
        const [level, colour] = random.pick(levels);
        const [hazard, todo] = advice[kind]!;
        const before = random.int(10, 180 * 24 * 60);
        const lifted = before - random.int(60, 36 * 60);
        const id = `W${shenzhenDay(minutesBefore(before))}-${String(serial).padStart(3, '0')}`;
        load.row('warning', [
          id,
          kind,
          level,
          `【示例】${place}${hazard}${colour}预警：${todo}。`,
          place,
          minutesBefore(before).toISOString(),
          lifted > 0 ? minutesBefore(lifted).toISOString() : null,
        ]);
        for (const prefix of prefixes) load.row('warning_area', [id, prefix]);
      }
    }
  },
});
