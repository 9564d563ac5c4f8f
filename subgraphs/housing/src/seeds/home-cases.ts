import { referenceDate, type SyntheticHousehold } from '@linli/kit/population/households';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { communityWorkerOfCase, propertyManagerOf, propertyProjectOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { defineSeed } from '@linli/kit/seeding/seed';
import { daysAfter } from './days.js';
import { demoEstate, estates } from './estates.js';
import { homesOf } from './owners.js';
import { tenancyTerms, type Terms } from './terms.js';

/** Made-up shares of leases that are filed, of people from 75 on who asked for works, of households that asked for a repair. */
const filedShare = 0.4;
const worksShare = 0.1;
const repairShare = 0.03;

/** Households among which the homes of the demo family's estate find their owners; every city has as many. */
const ownersAmong = 300;

/** Time of day of what happened in the made-up city. */
const at = (day: string) => `${day}T02:00:00Z`;

/** The owner of a home in the demo family's estate; the family itself owns the last one of the first building. */
function demoOwner(unit: string, own: string, seed: number): string {
  return unit === own ? 'demo-resident' : opaqueId('r', randomFor(seed, 'owner-of', unit).int(1, ownersAmong), 0);
}

/** Every home of the demo family's estate has an owner whom the hub knows, so that votes and ratings can be tried there. */
function demoOwnerships(residents: number, seed: number, taken: ReadonlySet<string>): Cell[][] {
  for (const estate of estates(residents, seed)) {
    if (estate.id !== demoEstate) continue;
    const homes = [...homesOf(estate, seed)].map(({ unitCode }) => unitCode);
    const own = homes.filter((unit) => unit.startsWith(estate.buildings[0]!.code)).at(-1)!;
    return homes
      .filter((unit) => !taken.has(unit))
      .map((unit) => ownership(unit, [demoOwner(unit, own, seed)], daysAfter(referenceDate, -900)));
  }
  return [];
}

function ownership(unit: string, owners: string[], registeredOn: string): Cell[] {
  const manager = propertyManagerOf(propertyProjectOf(unit.slice(0, 19)));
  return [opaqueId('o', unit), unit, owners, registeredOn, unit.slice(0, 12), [manager]];
}

/** The filing of a household's lease with its first step; the demo family's is filed. */
function filing(household: SyntheticHousehold, terms: Terms, seed: number): { row: Cell[]; step: Cell[] } | null {
  const { index, id, unitCode, communityCode, members } = household;
  if (!randomFor(seed, 'lease-filing', index).chance(filedShare) && index !== 0) return null;
  const { startsOn, endsOn, monthlyRent } = terms;
  const no = opaqueId('l', index);
  const handler = communityWorkerOfCase(communityCode, id);
  const parties = members.map((member) => member.id);
  const tenancy = opaqueId('t', index);
  return {
    row: [
      no,
      startsOn,
      endsOn,
      monthlyRent,
      startsOn,
      unitCode,
      tenancy,
      id,
      members[0]!.id,
      parties,
      communityCode,
      [handler],
    ],
    step: [`${no}-1`, no, at(startsOn), 'FILED', handler],
  };
}

/** Works that somebody old asked for. */
function works(household: SyntheticHousehold, seed: number): { row: Cell[]; step: Cell[] }[] {
  const { index, id, unitCode, communityCode, members } = household;
  return members.flatMap((member) => {
    if (member.age < 75) return [];
    const random = randomFor(seed, 'accessibility', member.id);
    if (!random.chance(worksShare) && index !== 0) return [];
    const no = opaqueId('a', member.id);
    const day = daysAfter(referenceDate, -random.int(1, 60));
    const handler = communityWorkerOfCase(communityCode, id);
    return [
      {
        row: [
          no,
          ['HANDRAIL', 'ANTI_SLIP'],
          '示例：行走不便，浴室湿滑',
          day,
          unitCode,
          member.id,
          communityCode,
          [handler],
        ],
        step: [`${no}-1`, no, at(day), 'APPLIED', member.id],
      },
    ];
  });
}

function repair(household: SyntheticHousehold, seed: number): { row: Cell[]; step: Cell[] } | null {
  const { index, unitCode, communityCode, buildingCode, members } = household;
  const random = randomFor(seed, 'repair', index);
  if (!random.chance(repairShare) && index !== 0) return null;
  const no = opaqueId('p', index);
  const day = daysAfter(referenceDate, -random.int(0, 20));
  const project = propertyProjectOf(buildingCode);
  const reporter = members[0]!.id;
  const category = random.pick(['PLUMBING', 'ELECTRICITY', 'ACCESS', 'COMMON_PARTS'] as const);
  return {
    row: [
      no,
      category,
      '示例：厨房',
      '示例：设施损坏，请上门维修',
      at(day),
      unitCode,
      project,
      reporter,
      communityCode,
      [propertyManagerOf(project)],
    ],
    step: [`${no}-1`, no, at(day), 'REPORTED', reporter],
  };
}

/** Whom homes belong to, filed leases, works for old age, and repairs: all made up. */
export const homeCasesSeed = defineSeed({
  name: 'home-cases',
  tables: {
    unit_ownership: ['id', 'unit_code', 'owners', 'registered_on', 'community_code', 'handlers'],
    lease_filing: [
      'id',
      'starts_on',
      'ends_on',
      'monthly_rent',
      'filed_on',
      'unit_code',
      'tenancy_id',
      'household_id',
      'tenant_id',
      'parties',
      'community_code',
      'handlers',
    ],
    accessibility_work: [
      'id',
      'items',
      'reason',
      'applied_on',
      'unit_code',
      'applicant_id',
      'community_code',
      'handlers',
    ],
    repair_request: [
      'id',
      'category',
      'location',
      'description',
      'reported_at',
      'unit_code',
      'project_id',
      'reporter_id',
      'community_code',
      'handlers',
    ],
    case_step: ['id', 'case_id', 'at', 'state', 'actor'],
  },
  async run({ load, residents, seed, households }) {
    const owned = new Set<string>();
    const yearsBuilt = new Map([...estates(residents, seed)].map(({ id, yearBuilt }) => [id, yearBuilt]));
    for (const household of households()) {
      const project = propertyProjectOf(household.buildingCode);
      const terms = tenancyTerms(household, yearsBuilt.get(project)!, seed);
      if (household.tenure === 'OWNED') {
        const { unitCode } = household;
        if (project === demoEstate) owned.add(unitCode);
        load.row('unit_ownership', ownership(unitCode, [household.members[0]!.id], terms.startsOn));
      }
      const filed = household.tenure === 'RENTED' ? filing(household, terms, seed) : null;
      if (filed) load.row('lease_filing', filed.row);
      const asked = repair(household, seed);
      if (asked) load.row('repair_request', asked.row);
      const wanted = works(household, seed);
      for (const { row } of wanted) load.row('accessibility_work', row);
      for (const each of [filed, asked, ...wanted]) if (each) load.row('case_step', each.step);
      await load.flushIfFull();
    }
    for (const row of demoOwnerships(residents, seed, owned)) load.row('unit_ownership', row);
  },
});
