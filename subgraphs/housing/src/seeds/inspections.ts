import { referenceDate, type SyntheticHousehold } from '@linli/kit/population/households';
import { randomFor, type Random } from '@linli/kit/population/random';
import { propertyManagerOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import type { SafetyHazard } from '../generated/graphql.js';
import { daysToMend } from '../hazards.js';
import { daysAfter } from './days.js';
import type { Estate, EstateBuilding } from './estates.js';
import { homeHandlersOf } from './handlers.js';

/** What is found. */
const findings: Record<SafetyHazard, string> = {
  GAS: '燃气软管老化，未装熄火保护装置',
  ELECTRICITY: '私拉电线，未装漏电保护器',
  FIRE: '楼道堆放杂物，消防通道受阻',
  E_BIKE: '电动自行车在楼道停放充电',
  STRUCTURE: '外墙饰面空鼓，有脱落风险',
  LIFT: '电梯超过检验有效期',
  ELDER_SAFETY: '浴室无扶手、地面不防滑，夜间照明不足',
};
const homeHazards: SafetyHazard[] = ['GAS', 'ELECTRICITY'];
const buildingHazards: SafetyHazard[] = ['FIRE', 'E_BIKE', 'STRUCTURE', 'LIFT'];

/** Shares of homes, of homes of people of 60 and over who live alone, and of buildings where something was found. */
const homeShare = 0.04;
const elderAloneShare = 0.5;
const buildingShare = 0.3;
const fixedShare = 0.7;

export const inspectionColumns = [
  'id',
  'hazard',
  'finding',
  'found_on',
  'due_on',
  'fixed_on',
  'building_code',
  'unit_code',
  'project_id',
  'community_code',
  'handlers',
  'state',
  'overdue_since',
] as const;

function row(
  hazard: SafetyHazard,
  building: EstateBuilding,
  unit: string | null,
  estate: Estate,
  handlers: string[],
  random: Random,
): Cell[] {
  const days = daysToMend[hazard];
  const foundOn = daysAfter(referenceDate, -random.int(0, 365));
  const fixedOn = daysAfter(foundOn, random.int(1, days + Math.ceil(days / 2)));
  const dueOn = daysAfter(foundOn, days);
  const fixed = random.chance(fixedShare) && fixedOn <= referenceDate;
  return [
    `inspection-${unit ?? building.code}-1`,
    hazard,
    findings[hazard],
    foundOn,
    dueOn,
    fixed ? fixedOn : null,
    building.code,
    unit,
    estate.id,
    estate.community.code,
    handlers,
    fixed ? 'CLOSED' : 'OPEN',
    !fixed && dueOn < referenceDate ? daysAfter(dueOn, 1) : null,
  ];
}

/** What an inspection of a home found; null where there was none. The demo family's home always has one. */
export function homeInspection(
  household: SyntheticHousehold,
  building: EstateBuilding,
  estate: Estate,
  seed: number,
): Cell[] | null {
  const { index, members, unitCode } = household;
  const random = randomFor(seed, 'home-inspection', index);
  const elder = members.some((member) => member.age >= 60);
  const found = random.chance(elder && members.length === 1 ? elderAloneShare : homeShare);
  if (!found && index !== 0) return null;
  return row(
    elder ? 'ELDER_SAFETY' : random.pick(homeHazards),
    building,
    unitCode,
    estate,
    homeHandlersOf(household),
    random,
  );
}

/** What an inspection of a building's common parts found; null where there was none. */
export function buildingInspection(building: EstateBuilding, estate: Estate, seed: number): Cell[] | null {
  const random = randomFor(seed, 'building-inspection', building.code);
  if (!random.chance(buildingShare)) return null;
  return row(random.pick(buildingHazards), building, null, estate, [propertyManagerOf(estate.id)], random);
}
