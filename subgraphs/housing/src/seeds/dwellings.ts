import type { SyntheticHousehold } from '@linli/kit/population/households';
import { householdSurname, personName } from '@linli/kit/population/names';
import { unitCode } from '@linli/kit/population/places';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { propertyManagerOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { HousingUsage } from '../generated/graphql.js';
import { doorAreaM2, estates, type Estate, type EstateBuilding } from './estates.js';
import { homeHandlersOf } from './handlers.js';
import { buildingInspection, homeInspection, inspectionColumns } from './inspections.js';
import { positionOf, tenancyTerms } from './terms.js';

/** A building while its homes are handed out. */
interface Standing {
  estate: Estate;
  building: EstateBuilding;
  /** Homes taken; they are taken from the lowest floor and door up. */
  taken: number;
}

/** Who owns public rental homes here. */
const publicLandlord = '示例公共住房管理单位';

/** Gross floor area for each m² of homes: stairs, lifts, common rooms. */
const grossPerNet = 1.2;

function address(building: EstateBuilding, floor: number, door: number): string {
  return `${building.address}${floor}${String(door).padStart(2, '0')}房`;
}

function unitCells(
  { estate, building }: Standing,
  floor: number,
  door: number,
  seed: number,
  home: { usage: HousingUsage; tenure: string | null; ownerName: string; occupants: string[]; handlers: string[] },
): Cell[] {
  return [
    unitCode(building.code, floor, door),
    building.code,
    estate.community.code,
    floor,
    doorAreaM2(seed, building.code, door),
    home.usage,
    home.tenure,
    home.tenure !== null,
    home.ownerName,
    address(building, floor, door),
    home.occupants,
    home.handlers,
  ];
}

function homeOf(household: SyntheticHousehold, standing: Standing, seed: number): Cell[] {
  const { index, tenure, members } = household;
  const random = randomFor(seed, 'owner', index);
  const landlord = tenure === 'PUBLIC_RENTAL' ? publicLandlord : personName(random, householdSurname(random));
  const { floor, door } = positionOf(household);
  const ownerName = tenure === 'OWNED' ? members[0]!.name : landlord;
  return unitCells(standing, floor, door, seed, {
    usage: 'DWELLING',
    tenure,
    ownerName,
    occupants: members.map((member) => member.id),
    handlers: homeHandlersOf(household),
  });
}

function tenancyOf(household: SyntheticHousehold, { estate }: Standing, seed: number): Cell[] {
  const { index, id, unitCode: unit, tenure, members } = household;
  const { startsOn, endsOn, monthlyRent } = tenancyTerms(household, estate.yearBuilt, seed);
  return [
    opaqueId('t', index),
    tenure,
    startsOn,
    endsOn,
    monthlyRent,
    unit,
    id,
    members[0]!.id,
    estate.community.code,
    members.map((member) => member.id),
    homeHandlersOf(household),
  ];
}

function vacantUnit(standing: Standing, slot: number, seed: number): Cell[] {
  const { code, doorsPerFloor } = standing.building;
  const random = randomFor(seed, 'vacant', code, slot);
  const draw = random.int(0, 99);
  return unitCells(standing, Math.floor(slot / doorsPerFloor) + 1, (slot % doorsPerFloor) + 1, seed, {
    usage: draw < 3 ? 'COMMERCIAL' : draw < 5 ? 'DORMITORY' : 'DWELLING',
    tenure: null,
    ownerName: personName(random, householdSurname(random)),
    occupants: [],
    handlers: [propertyManagerOf(standing.estate.id)],
  });
}

/** A building is as high as its highest home: where a community drew more households than it has doors, higher than planned. */
function floorsOf({ building, taken }: Standing): number {
  return Math.max(building.floors, Math.ceil(taken / building.doorsPerFloor));
}

/**
 * Lifts, entrances without steps, piped gas and rooms for community services follow from height, year and place in the
 * estate: made-up rules, the same as those by which a migration filled in what was there before.
 */
function buildingCells(standing: Standing, seed: number): Cell[] {
  const { estate, building } = standing;
  const floors = floorsOf(standing);
  let floorArea = 0;
  for (let door = 1; door <= building.doorsPerFloor; door++) floorArea += doorAreaM2(seed, building.code, door);
  const area = Math.round(floors * floorArea * grossPerNet);
  return [
    building.code,
    building.name,
    estate.yearBuilt,
    floors,
    area,
    estate.oldEstate,
    estate.id,
    estate.community.code,
    floors >= 7 ? 2 : estate.yearBuilt >= 2015 ? 1 : 0,
    estate.yearBuilt >= 2012,
    estate.yearBuilt >= 1998,
    building.code === estate.buildings[0]!.code ? Math.floor(area / 20) : 0,
  ];
}

/** Every building and home; for the homes that the synthetic households live in, who lives there, and hazards found. */
export const dwellingsSeed = defineSeed({
  name: 'homes',
  tables: {
    building: [
      'code',
      'name',
      'year_built',
      'floors',
      'area_m2',
      'old_estate',
      'project_id',
      'community_code',
      'lifts',
      'accessible',
      'piped_gas',
      'service_area_m2',
    ],
    housing_unit: [
      'code',
      'building_code',
      'community_code',
      'floor',
      'area_m2',
      'usage',
      'tenure',
      'occupied',
      'owner_name',
      'address',
      'occupants',
      'handlers',
    ],
    tenancy: [
      'id',
      'kind',
      'starts_on',
      'ends_on',
      'monthly_rent',
      'unit_code',
      'household_id',
      'tenant_id',
      'community_code',
      'occupants',
      'handlers',
    ],
    safety_inspection: inspectionColumns,
  },
  async run({ load, residents, seed, households, progress }) {
    const city = new Map<string, Standing>();
    for (const estate of estates(residents, seed)) {
      for (const building of estate.buildings) city.set(building.code, { estate, building, taken: 0 });
    }
    for (const household of households()) {
      const standing = city.get(household.buildingCode)!;
      standing.taken++;
      load.row('housing_unit', homeOf(household, standing, seed));
      load.row('tenancy', tenancyOf(household, standing, seed));
      const inspection = homeInspection(household, standing.building, standing.estate, seed);
      if (inspection) load.row('safety_inspection', inspection);
      await load.flushIfFull();
    }
    let done = 0;
    for (const standing of city.values()) {
      const { building, estate, taken } = standing;
      load.row('building', buildingCells(standing, seed));
      const doors = floorsOf(standing) * building.doorsPerFloor;
      for (let slot = taken; slot < doors; slot++) load.row('housing_unit', vacantUnit(standing, slot, seed));
      const inspection = buildingInspection(building, estate, seed);
      if (inspection) load.row('safety_inspection', inspection);
      await load.flushIfFull();
      if (++done % 1000 === 0) progress('seeding buildings', done, city.size);
    }
  },
});
