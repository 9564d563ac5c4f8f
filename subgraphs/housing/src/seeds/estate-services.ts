import { referenceDate } from '@linli/kit/population/households';
import { randomFor, type Random } from '@linli/kit/population/random';
import { propertyManagerOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { EdgeDeviceKind, PropertyServiceKind, RatingTarget } from '../generated/graphql.js';
import { companyEntries, creditListRows, creditTables, leaderEntry } from './credit-lists.js';
import { daysAfter } from './days.js';
import { demoEstate, estates, type Estate } from './estates.js';
import { premisesRow } from './property.js';

/** Shares of estates that a 2024 assessment found to be so: near the plan's targets of 80 and 90 of 100 for 2025. */
const assessedShares = { complete: 0.6, green: 0.82, within15Minutes: 0.74, parkInReach: 0.72 };

/** Shares of estates that offer a service of everyday life. */
const servicePoints: [PropertyServiceKind, number, string][] = [
  ['ELDER_CARE', 0.15, '物业+养老服务点'],
  ['CHILD_CARE', 0.05, '物业托幼服务点'],
  ['HOUSEKEEPING', 0.1, '物业家政服务点'],
  ['PARCEL', 0.2, '物业快递服务点'],
];

const devices: [EdgeDeviceKind, string][] = [
  ['WATER_METER', '地下水泵房'],
  ['ELECTRICITY_METER', '配电房'],
  ['GAS_DETECTOR', '燃气管道井'],
];

/** When devices and car parks reported last, in a city of one day. */
const reportedAt = `${referenceDate}T00:00:00Z`;

function assessment({ id, community }: Estate, random: Random): Cell[] {
  const found = Object.values(assessedShares).map((share) => random.chance(share) || id === demoEstate);
  return [`assessment-${id}-2024`, id, community.code, 2024, ...found, '2024-12-15'];
}

function accounts({ id, community }: Estate, random: Random): Cell[][] {
  const quarters = id === demoEstate ? [1, 2, 3, 4] : [4];
  return quarters.map((quarter) => {
    const income = random.int(8, 90) * 1000;
    return [
      `account-${id}-2024-${quarter}`,
      id,
      community.code,
      2024,
      quarter,
      income,
      Math.round((income * random.int(40, 100)) / 100),
      random.int(20, 400) * 10_000,
      '示例：公共收益来自停车与广告，支出用于绿化与设施维护',
      daysAfter('2024-01-15', quarter * 91),
    ];
  });
}

function points({ id, name, community }: Estate, random: Random): Cell[][] {
  return servicePoints.flatMap(([kind, share, title]) =>
    random.chance(share) || id === demoEstate
      ? [[`point-${id}-${kind.toLowerCase()}`, kind, `${name}${title}`, '周一至周日 08:00-20:00', id, community.code]]
      : [],
  );
}

/** One car park to an estate, with a place for every second home. */
function parking({ id, name, community, buildings }: Estate, random: Random): Cell[] {
  const homes = buildings.reduce((sum, { floors, doorsPerFloor }) => sum + floors * doorsPerFloor, 0);
  const spaces = Math.ceil(homes / 2);
  const free = random.chance(0.2) ? 0 : random.int(1, spaces);
  const charging = Math.floor((spaces * random.int(0, 20)) / 100);
  return [
    `parking-${id}`,
    `${name}停车场`,
    spaces,
    free,
    charging,
    Math.ceil(spaces / 50),
    reportedAt,
    id,
    community.code,
  ];
}

function deviceRows({ id, name, community, buildings }: Estate, random: Random): Cell[][] {
  return devices.map(([kind, place]) => {
    const draw = random.int(0, 99);
    const status = draw < 94 ? 'ONLINE' : draw < 99 ? 'OFFLINE' : 'ALARM';
    return [
      `device-${id}-${kind.toLowerCase()}`,
      kind,
      `${name}${place}`,
      status,
      reportedAt,
      daysAfter(referenceDate, -random.int(200, 1500)),
      buildings[0]!.code,
      id,
      community.code,
      [propertyManagerOf(id)],
    ];
  });
}

/** A year's stars: of three in ten homes, two thirds of them four or five. */
function rating({ id, buildings }: Estate, year: number, target: RatingTarget, random: Random): Cell[] {
  const homes = buildings.reduce((sum, { floors, doorsPerFloor }) => sum + floors * doorsPerFloor, 0);
  const stars = [0, 0, 0, 0, 0];
  for (let i = 0; i < Math.ceil(homes * 0.3); i++) {
    stars[random.pick([0, 1, 2, 3, 3, 3, 4, 4])]!++;
  }
  return [id, year, target, stars.map(String)];
}

function ratings(estate: Estate, random: Random): Cell[][] {
  const demo = estate.id === demoEstate;
  return [
    ...(demo ? [rating(estate, 2023, 'PROPERTY_SERVICE', random)] : []),
    ...(demo || random.chance(0.9) ? [rating(estate, 2024, 'PROPERTY_SERVICE', random)] : []),
    ...(demo || random.chance(0.7) ? [rating(estate, 2024, 'OWNERS_COMMITTEE', random)] : []),
  ];
}

/** One inspection that was made, and the demo family's estate's next one. */
function rounds({ id, community }: Estate, random: Random): Cell[][] {
  const visitedOn = daysAfter(referenceDate, -random.int(1, 180));
  const handlers = [propertyManagerOf(id)];
  const made = [`round-${id}-1`, 'DONE', visitedOn, visitedOn, '示例：按年度计划巡查', 0, id, community.code, handlers];
  const next = [`round-${id}-2`, 'PLANNED', daysAfter(referenceDate, 30), null, null, 0, id, community.code, handlers];
  return id === demoEstate ? [made, next] : [made];
}

/** What is proposed to be made of the idle premises of the demo family's estate. */
function proposal(estate: Estate, seed: number): Cell[] | null {
  const premises = estate.id === demoEstate ? premisesRow(estate, seed) : null;
  if (!premises) return null;
  const plan = '示例：改造为社区长者服务站，提供日间照料与助餐';
  return [
    `proposal-${estate.id}`,
    premises[0]!,
    'ELDER_CARE',
    '示例养老服务机构',
    plan,
    referenceDate,
    estate.community.code,
  ];
}

/** What estates publish, offer, are assessed, rated and inspected by, and their car parks and devices: all made up. */
export const estateServicesSeed = defineSeed({
  name: 'estate-services',
  tables: {
    ...creditTables,
    estate_assessment: [
      'id',
      'project_id',
      'community_code',
      'year',
      'complete',
      'green',
      'within_15_minutes',
      'park_in_reach',
      'assessed_on',
    ],
    property_account: [
      'id',
      'project_id',
      'community_code',
      'year',
      'quarter',
      'common_income',
      'common_expense',
      'maintenance_fund',
      'note',
      'published_on',
    ],
    property_service_point: ['id', 'kind', 'name', 'hours', 'project_id', 'community_code'],
    parking_lot: [
      'id',
      'name',
      'spaces',
      'free_spaces',
      'charging_spaces',
      'accessible_spaces',
      'reported_at',
      'project_id',
      'community_code',
    ],
    edge_device: [
      'id',
      'kind',
      'location',
      'status',
      'last_seen_at',
      'installed_on',
      'building_code',
      'project_id',
      'community_code',
      'handlers',
    ],
    premises_proposal: ['id', 'premises_id', 'use', 'operator', 'plan', 'proposed_on', 'community_code'],
    rating_tally: ['project_id', 'year', 'target', 'stars'],
    inspection_round: [
      'id',
      'state',
      'planned_for',
      'visited_on',
      'note',
      'hazards_found',
      'project_id',
      'community_code',
      'handlers',
    ],
  },
  async run({ load, residents, seed }) {
    for (const row of creditListRows()) load.row('credit_list', row);
    for (const row of companyEntries(seed)) load.row('credit_list_entry', row);
    for (const estate of estates(residents, seed)) {
      const random = randomFor(seed, 'estate-services', estate.id);
      for (const row of leaderEntry(estate, seed)) load.row('credit_list_entry', row);
      load.row('estate_assessment', assessment(estate, random));
      for (const row of accounts(estate, random)) load.row('property_account', row);
      for (const row of points(estate, random)) load.row('property_service_point', row);
      load.row('parking_lot', parking(estate, random));
      for (const row of deviceRows(estate, random)) load.row('edge_device', row);
      for (const row of ratings(estate, random)) load.row('rating_tally', row);
      const proposed = proposal(estate, seed);
      if (proposed) load.row('premises_proposal', proposed);
      for (const row of rounds(estate, random)) load.row('inspection_round', row);
      await load.flushIfFull();
    }
  },
});
