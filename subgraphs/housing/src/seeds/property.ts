import { householdSurname, personName } from '@linli/kit/population/names';
import { randomFor } from '@linli/kit/population/random';
import { propertyManagerOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { IdlePremisesUse, RenovationKind, RenovationState } from '../generated/graphql.js';
import { companies, companyCount, companyId } from './companies.js';
import { demoEstate, estates, type Estate } from './estates.js';
import { ballotRows, committeeRow, ownersTables, voteCells, votes } from './owners.js';

/** Kinds of renovation, the share of old estates that had or have one, and what is done. */
const renovations: [RenovationKind, number, string][] = [
  ['BASIC', 0.6, '更新给水排水、供电、燃气与消防设施'],
  ['IMPROVEMENT', 0.3, '加装电梯，改造无障碍与适老化设施'],
  ['UPGRADE', 0.15, '增设养老、托育与便民服务设施'],
];

const uses: IdlePremisesUse[] = ['ELDER_CARE', 'CHILD_CARE', 'DISABILITY_AID', 'MINORS_PROTECTION', 'HEALTH'];

/** Share of estates with idle premises. */
const idleShare = 0.3;

/** How far a renovation of a year's plan was by the middle of 2025. */
function progressOf(year: number, ahead: boolean): RenovationState {
  if (year < 2024 || (year === 2024 && ahead)) return 'COMPLETED';
  return year === 2024 || ahead ? 'UNDER_WAY' : 'PLANNED';
}

function projectRow({ id, name, community }: Estate, seed: number): Cell[] {
  const random = randomFor(seed, 'project', id);
  return [
    id,
    name,
    companyId(random.int(1, companyCount)),
    community.code,
    personName(random, householdSurname(random)),
    [propertyManagerOf(id)],
  ];
}

function renovationRows({ id, community, oldEstate }: Estate, seed: number): Cell[][] {
  if (!oldEstate) return [];
  const random = randomFor(seed, 'renovation', id);
  return renovations.flatMap(([kind, share, works]) => {
    const year = random.int(2021, 2025);
    const state = progressOf(year, random.chance(0.5));
    // The demo family's estate always has one of each, so that examples show something.
    if (!random.chance(share) && id !== demoEstate) return [];
    return [[`renovation-${id}-${kind.toLowerCase()}`, kind, works, state, year, id, community.code]];
  });
}

/** Idle premises of an estate, its id first; null where it has none. */
export function premisesRow({ id, community, buildings }: Estate, seed: number): Cell[] | null {
  const random = randomFor(seed, 'idle-premises', id);
  if (!random.chance(idleShare) && id !== demoEstate) return null;
  const building = random.pick(buildings);
  return [
    `idle-${building.code}`,
    `${building.name}首层`,
    random.int(60, 800),
    random.pick(uses),
    building.code,
    community.code,
  ];
}

/** Property companies, estates as their projects, owners' bodies and votes, renovation, idle premises: all made up. */
export const propertySeed = defineSeed({
  name: 'estates',
  tables: {
    property_company: ['id', 'credit_code', 'name', 'grade', 'listing', 'listing_year', 'employees'],
    property_project: ['id', 'name', 'company_id', 'community_code', 'manager_name', 'handlers'],
    ...ownersTables,
    renovation: ['id', 'kind', 'works', 'state', 'year', 'project_id', 'community_code'],
    idle_premises: ['id', 'location', 'area_m2', 'suggested_use', 'building_code', 'community_code'],
  },
  async run({ load, residents, seed }) {
    for (const { id, creditCode, name, grade, listing, listingYear, employees } of companies(seed)) {
      load.row('property_company', [id, creditCode, name, grade, listing, listingYear, employees]);
    }
    for (const estate of estates(residents, seed)) {
      load.row('property_project', projectRow(estate, seed));
      const committee = committeeRow(estate, seed);
      if (committee) load.row('owners_committee', committee);
      for (const vote of votes(estate, seed)) {
        load.row('owners_vote', voteCells(vote));
        for (const ballot of ballotRows(vote, seed)) load.row('owners_ballot', ballot);
      }
      for (const renovation of renovationRows(estate, seed)) load.row('renovation', renovation);
      const premises = premisesRow(estate, seed);
      if (premises) load.row('idle_premises', premises);
      await load.flushIfFull();
    }
  },
});
