import { randomFor } from '@linli/kit/population/random';
import { geography, type CommunityRecord } from '@linli/schema/geography';
import type { NurseryAgeGroup } from '../generated/graphql.js';

export interface SeededNursery {
  id: string;
  name: string;
  communityCode: string;
  places: number;
  availablePlaces: number;
  fullDay: boolean;
  halfDay: boolean;
  hourly: boolean;
  temporary: boolean;
  ageGroups: NurseryAgeGroup[];
  inclusive: boolean;
  licensed: boolean;
  openingHours: string;
}

function nursery({ code, name }: CommunityRecord, exemplary: boolean, seed: number): SeededNursery {
  const random = randomFor(seed, 'nursery', code);
  const places = random.int(20, 56);
  const fullDay = exemplary || random.chance(0.85);
  return {
    id: `nursery-${code}`,
    name: `${name}托育中心`,
    communityCode: code,
    places,
    availablePlaces: random.int(exemplary ? 1 : 0, Math.floor(places / 3)),
    fullDay,
    // Without full days there is at least this mode.
    halfDay: exemplary || !fullDay || random.chance(0.6),
    hourly: exemplary || random.chance(0.35),
    temporary: exemplary || random.chance(0.35),
    ageGroups: exemplary || random.chance(0.5) ? ['UNDER_2', 'FROM_2_TO_3'] : ['FROM_2_TO_3'],
    inclusive: exemplary || random.chance(0.6),
    licensed: exemplary || random.chance(0.85),
    openingHours: random.pick(['周一至周五 07:30-18:30', '周一至周五 08:00-18:00', '周一至周六 08:00-18:00']),
  };
}

/**
 * Nurseries by a made-up rule: every second community of a street in code order has one, beginning with the first, so
 * ⌈n/2⌉ in a street of n communities. The first of each street is the inclusive, exemplary one that the plan asks for
 * (专栏3-3, one in each street by the end of 2022) and offers every mode. Each has 20 to 56 places.
 */
export function nurseries(seed: number): SeededNursery[] {
  const before = new Map<string, number>();
  return geography.communities.flatMap((community) => {
    const street = community.code.slice(0, 9);
    const position = before.get(street) ?? 0;
    before.set(street, position + 1);
    return position % 2 === 0 ? [nursery(community, position === 0, seed)] : [];
  });
}
