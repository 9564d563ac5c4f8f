import { facilitiesOf, type FacilityKind } from '@linli/kit/population/facilities';
import { demoCommunity } from '@linli/kit/population/places';
import { randomFor, type Random } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { EmergencyHazard, EmergencyShelterKind } from '../generated/graphql.js';
import { dayBefore } from './calendar.js';

/**
 * What a community's two shelters are like: where they are, people they take in, days their supplies last. Defaults to
 * show something; the plan asks for shelters and supplies and gives no numbers.
 */
const shelters: Record<
  EmergencyShelterKind,
  { title: string; facility: FacilityKind; capacity: [number, number]; days: [number, number]; accessible: number }
> = {
  INDOOR: {
    title: '室内应急避难场所',
    facility: 'PARTY_SERVICE_CENTRE',
    capacity: [80, 400],
    days: [2, 5],
    accessible: 0.85,
  },
  OUTDOOR: {
    title: '室外应急避难场所',
    facility: 'COMMUNITY_PARK',
    capacity: [300, 3000],
    days: [1, 3],
    accessible: 0.6,
  },
};
const shelterKinds = Object.keys(shelters) as EmergencyShelterKind[];

const hazardsOfAll: EmergencyHazard[] = ['TYPHOON', 'RAINSTORM', 'THUNDERSTORM', 'HEAT', 'FIRE'];
const hazardsOfSome: EmergencyHazard[] = ['WATERLOGGING', 'LANDSLIDE', 'CROWDING'];

function hazards(random: Random): EmergencyHazard[] {
  return [...hazardsOfAll, ...hazardsOfSome.filter(() => random.chance(0.4))];
}

/** The first facility of a kind in each community, by community code. */
function firstOf(kind: FacilityKind): Map<string, string> {
  const first = new Map<string, string>();
  for (const { id, community, number } of facilitiesOf(kind)) if (number === 1) first.set(community.code, id);
  return first;
}

/** A community's plan as it was drawn: its hazards, and days before the reference date of approval and latest drill. */
export interface SeededPlan {
  version: number;
  hazards: EmergencyHazard[];
  approved: number;
  drilled: number | null;
}

/** The same in every seed that asks. */
export function planOf(seed: number, code: string): SeededPlan {
  const random = randomFor(seed, 'emergency-plan', code);
  const approved = random.int(400, 1400);
  const drilled = code === demoCommunity || random.chance(0.9);
  const version = random.int(1, 4);
  return { approved, version, hazards: hazards(random), drilled: drilled ? random.int(10, 390) : null };
}

/** One indoor and one outdoor shelter and one emergency plan for every community. */
export const emergencySeed = defineSeed({
  name: 'emergency',
  tables: {
    emergency_shelter: [
      'id',
      'name',
      'kind',
      'capacity',
      'supplies_days',
      'accessible',
      'community_code',
      'facility_id',
    ],
    emergency_plan: [
      'id',
      'title',
      'version',
      'hazards',
      'approved_on',
      'last_drill_on',
      'shelter_id',
      'community_code',
    ],
  },
  async run({ load, seed }) {
    const facilities = new Map(shelterKinds.map((kind) => [kind, firstOf(shelters[kind].facility)]));
    for (const { code, name } of geography.communities) {
      for (const kind of shelterKinds) {
        const { title, capacity, days, accessible } = shelters[kind];
        const random = randomFor(seed, 'shelter', code, kind);
        load.row('emergency_shelter', [
          `shelter-${kind.toLowerCase()}-${code}`,
          `${name}${title}`,
          kind,
          random.int(capacity[0] / 10, capacity[1] / 10) * 10,
          random.int(...days),
          random.chance(accessible),
          code,
          facilities.get(kind)!.get(code)!,
        ]);
      }
      const plan = planOf(seed, code);
      load.row('emergency_plan', [
        `emergency-plan-${code}`,
        `${name}突发事件应急预案`,
        plan.version,
        plan.hazards,
        dayBefore(plan.approved),
        plan.drilled === null ? null : dayBefore(plan.drilled),
        `shelter-indoor-${code}`,
        code,
      ]);
      await load.flushIfFull();
    }
  },
});
