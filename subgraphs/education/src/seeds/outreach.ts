import { facilitiesOf } from '@linli/kit/population/facilities';
import { referenceDate } from '@linli/kit/population/households';
import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { ScienceActivityKind } from '../generated/graphql.js';
import { firstFacilities, sites } from './sites.js';

/** Vans and travelling museums stop outdoors; lectures and experiments take place in the service centre. */
const activities: Record<ScienceActivityKind, { title: string; indoors: boolean; capacity: [number, number] }> = {
  LECTURE: { title: '科普讲座', indoors: true, capacity: [30, 80] },
  EXPERIMENT: { title: '科学实验体验课', indoors: true, capacity: [15, 30] },
  MOBILE_MUSEUM: { title: '流动科技馆进社区', indoors: false, capacity: [100, 300] },
  CARAVAN: { title: '科普大篷车进社区', indoors: false, capacity: [80, 200] },
};

/** Shares of a library's books for readers of their own; made up. */
const shares = { children: 0.3, elders: 0.1 };

/** Starts at 10:00 or 15:00 Shenzhen time, at most three months before or after the reference date. */
function startsAt(random: ReturnType<typeof randomFor>): string {
  const day = new Date(`${referenceDate}T00:00:00+08:00`).getTime() + random.int(-90, 90) * 86_400_000;
  return new Date(day + random.pick([10, 15]) * 3_600_000).toISOString();
}

/** Community libraries, one in each of the cultural centres that the plan counts, and science for everybody. */
export const outreachSeed = defineSeed({
  name: 'outreach',
  tables: {
    community_library: [
      'id',
      'name',
      'community_code',
      'facility_id',
      'volumes',
      'seats',
      'opening_hours',
      'science_corner',
      'child_volumes',
      'elder_volumes',
    ],
    activity: [
      'id',
      'title',
      'kind',
      'science_kind',
      'community_code',
      'facility_id',
      'starts_at',
      'ends_at',
      'capacity',
    ],
  },
  async run({ load, seed }) {
    for (const { id, community, number } of facilitiesOf('CULTURAL_CENTRE')) {
      const random = randomFor(seed, 'library', id);
      const volumes = random.int(20, 200) * 100;
      load.row('community_library', [
        `library-${community.code}-${number}`,
        `${community.name}图书馆`,
        community.code,
        id,
        volumes,
        random.int(12, 80),
        '周二至周日 09:00-21:00',
        random.chance(0.5),
        Math.floor(volumes * shares.children),
        Math.floor(volumes * shares.elders),
      ]);
    }
    const centres = firstFacilities('PARTY_SERVICE_CENTRE');
    const kinds = Object.keys(activities) as ScienceActivityKind[];
    for (const { community } of sites()) {
      const random = randomFor(seed, 'science', community.code);
      const here = random.int(1, 3);
      for (let number = 1; number <= here; number++) {
        const kind = random.pick(kinds);
        const { title, indoors, capacity } = activities[kind];
        const start = startsAt(random);
        load.row('activity', [
          `science-${community.code}-${number}`,
          `${community.name}${title}`,
          'SCIENCE',
          kind,
          community.code,
          indoors ? (centres.get(community.code) ?? null) : null,
          start,
          new Date(Date.parse(start) + 2 * 3_600_000).toISOString(),
          random.int(...capacity),
        ]);
      }
      await load.flushIfFull();
    }
  },
});
