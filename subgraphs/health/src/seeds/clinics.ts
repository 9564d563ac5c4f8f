import { unassignedRegion } from '@linli/kit/identifiers/synthetic';
import { facilitiesOf, type PlacedFacility } from '@linli/kit/population/facilities';
import { randomFor, type Random } from '@linli/kit/population/random';
import { geography } from '@linli/schema/geography';
import { plan } from '@linli/schema/plan';
import type { HealthFacilityType } from '../generated/graphql.js';

export interface Clinic {
  id: string;
  name: string;
  type: HealthFacilityType;
  communityCode: string;
  areaM2: number;
  healthTechnicians: number;
  generalPractitioners: number;
  publicHealthPhysicians: number;
  epidemiologists: number;
  counsellingRoom: boolean;
  licenceNo: string;
  openingHours: string;
}

function quantity(id: string): number {
  return plan.quantities.find((each) => each.id === id)!.value;
}

/** The plan's over 13,000 health technicians of 2020, taken as exactly that many. */
const technicians = plan.facts.find(({ id }) => id === 'f18')!.value;
/** Hospitals the plan lays out (专栏3-5); here all of them are open. */
const hospitals = quantity('q11');
/** Floor area from the plan's least for each type upwards; a station's is made up. Weight: share of the technicians. */
const types: Record<HealthFacilityType, { title: string; area: [number, number]; weight: number; hours: string }> = {
  HOSPITAL: {
    title: '社区医院',
    area: [quantity('q10'), 6500],
    weight: 60,
    hours: '周一至周日 08:00-20:00，急诊全天',
  },
  CENTRE: { title: '社康中心', area: [quantity('q12'), 2600], weight: 20, hours: '周一至周日 08:00-20:00' },
  STATION: { title: '社康站', area: [150, 900], weight: 9, hours: '周一至周日 08:00-20:00' },
};

/** Share of the clinics that the rule by street leaves open which are centres; the rest are stations. */
const centreShare = 0.35;

const streetOf = (clinic: PlacedFacility) => clinic.community.code.slice(0, 9);

/** The streets with the most communities, which the plan's measure (over 100,000 people) comes nearest to here. */
function hospitalStreets(): Set<string> {
  const sizes = new Map<string, number>();
  for (const { code } of geography.communities) {
    sizes.set(code.slice(0, 9), (sizes.get(code.slice(0, 9)) ?? 0) + 1);
  }
  const largestFirst = [...sizes].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
  return new Set(largestFirst.slice(0, hospitals).map(([street]) => street));
}

/** The kinds of staff among `total` technicians, never more than there are. */
function staff(type: HealthFacilityType, total: number, random: Random) {
  const publicHealthPhysicians = {
    HOSPITAL: random.int(3, 6),
    CENTRE: random.chance(0.8) ? random.int(1, 2) : 0,
    STATION: random.chance(0.3) ? 1 : 0,
  }[type];
  const epidemiologists = {
    HOSPITAL: random.int(1, 3),
    CENTRE: random.chance(0.6) ? 1 : 0,
    STATION: random.chance(0.1) ? 1 : 0,
  }[type];
  return {
    generalPractitioners: Math.round((total * random.int(25, 35)) / 100),
    publicHealthPhysicians,
    epidemiologists,
  };
}

/**
 * The city's clinics, one for each facility of that kind. In a street the first is a hospital where the street has
 * one, the next a centre with a counselling room, so that each street has such a centre; the others are drawn.
 */
export function clinics(seed: number): Clinic[] {
  const withHospital = hospitalStreets();
  const before = new Map<string, number>();
  const placed = [...facilitiesOf('COMMUNITY_HEALTH')].map((facility) => {
    const street = streetOf(facility);
    const position = before.get(street) ?? 0;
    before.set(street, position + 1);
    const random = randomFor(seed, 'clinic', facility.id);
    const isHospital = withHospital.has(street) && position === 0;
    const isMainCentre = position === (withHospital.has(street) ? 1 : 0);
    const drawn: HealthFacilityType = random.chance(centreShare) ? 'CENTRE' : 'STATION';
    const type: HealthFacilityType = isHospital ? 'HOSPITAL' : isMainCentre ? 'CENTRE' : drawn;
    const counsellingRoom = isHospital || isMainCentre || (type === 'CENTRE' && random.chance(0.25));
    return { facility, type, counsellingRoom, random };
  });
  const allWeights = placed.reduce((sum, { type }) => sum + types[type].weight, 0);
  let weightBefore = 0;
  return placed.map(({ facility, type, counsellingRoom, random }, i) => {
    const { title, area, weight, hours } = types[type];
    const upTo = (weightSum: number) => Math.floor((weightSum * technicians) / allWeights);
    const healthTechnicians = upTo(weightBefore + weight) - upTo(weightBefore);
    weightBefore += weight;
    const { community } = facility;
    return {
      id: facility.id,
      name: `${community.name.replace(/社区$/, '')}${title}`,
      type,
      communityCode: community.code,
      areaM2: random.int(...area),
      healthTechnicians,
      ...staff(type, healthTechnicians, random),
      counsellingRoom,
      licenceNo: `例医证${unassignedRegion}${String(i + 1).padStart(6, '0')}`,
      openingHours: hours,
    };
  });
}

/** The clinic that serves a community: its own, or the last one before it in code order (the first has one). */
export function clinicByCommunity(all: readonly Clinic[]): Map<string, Clinic> {
  const own = new Map(all.map((clinic) => [clinic.communityCode, clinic]));
  let last = all[0]!;
  return new Map(
    geography.communities.map(({ code }) => {
      last = own.get(code) ?? last;
      return [code, last];
    }),
  );
}
