import { facilitiesOf, facilityKinds, type FacilityKind } from '@linli/kit/population/facilities';
import { personName } from '@linli/kit/population/names';
import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { WorkerPost, WorkerQualification } from '../generated/graphql.js';
import { organizations } from './organizations.js';

/** Typical size of a facility: area in m², share for residents' activity, capacity per 10 m². */
const sizes: Record<FacilityKind, { area: [number, number]; activity: number; hours: string }> = {
  PARTY_SERVICE_CENTRE: { area: [400, 1600], activity: 0.62, hours: '周一至周日 09:00-21:00' },
  POLICE_POST: { area: [40, 120], activity: 0.3, hours: '全天' },
  COMMUNITY_HEALTH: { area: [300, 1800], activity: 0.7, hours: '周一至周日 08:00-20:00' },
  ELDER_DAY_CARE: { area: [200, 900], activity: 0.75, hours: '周一至周六 08:00-18:00' },
  CHILDREN_HOME: { area: [60, 300], activity: 0.85, hours: '周一至周日 09:00-18:00' },
  CULTURAL_CENTRE: { area: [200, 1200], activity: 0.8, hours: '周二至周日 09:00-21:00' },
  SPORTS_GUIDANCE_POINT: { area: [30, 150], activity: 0.8, hours: '周一至周日 07:00-21:00' },
  COMMUNITY_PARK: { area: [1000, 30000], activity: 0.9, hours: '全天' },
  SPORTS_VENUE: { area: [60, 1500], activity: 0.95, hours: '周一至周日 06:00-22:00' },
};

/** Grades of the posts, and how many of ten workers have which professional qualification; both made up. */
const workerGrades: Record<WorkerPost, number> = { SECRETARY: 6, COMMITTEE_MEMBER: 4, CHILDREN_DIRECTOR: 3, WORKER: 2 };
const workerQualifications: WorkerQualification[] = [
  ...Array<WorkerQualification>(5).fill('NONE'),
  ...Array<WorkerQualification>(3).fill('ASSISTANT_SOCIAL_WORKER'),
  'SOCIAL_WORKER',
  'SOCIAL_WORKER',
];

/** Divisions as published; facilities and organisations in the numbers of the plan's 2020 facts, spread evenly. */
export const placesSeed = defineSeed({
  name: 'places',
  tables: {
    district: ['id', 'code', 'name', 'prefixes'],
    street: ['code', 'name', 'district_id'],
    community: ['code', 'name', 'committee', 'kind', 'street_code', 'district_id'],
    facility: [
      'id',
      'name',
      'kind',
      'community_code',
      'area_m2',
      'activity_area_m2',
      'capacity',
      'opening_hours',
      'accessible',
    ],
    organization: ['id', 'name', 'kind', 'credit_code', 'community_code', 'founded_in'],
    community_worker: ['id', 'name', 'post', 'phone', 'community_code', 'grade', 'qualification'],
  },
  async run({ load, seed }) {
    const { districts, streets, communities } = geography;
    const districtOf = new Map(streets.map((street) => [street.code, street.districtId]));
    for (const { id, code, name, prefixes } of districts) load.row('district', [id, code, name, prefixes]);
    for (const { code, name, districtId } of streets) load.row('street', [code, name, districtId]);

    for (const community of communities) {
      const street = community.code.slice(0, 9);
      load.row('community', [
        community.code,
        community.name,
        community.committee,
        community.kind,
        street,
        districtOf.get(street)!,
      ]);
      const posts: WorkerPost[] = [
        'SECRETARY',
        'COMMITTEE_MEMBER',
        'COMMITTEE_MEMBER',
        'CHILDREN_DIRECTOR',
        'WORKER',
        'WORKER',
      ];
      for (const [number, post] of posts.entries()) {
        const random = randomFor(seed, 'worker', community.code, number);
        const name = personName(random, random.pick(['陈', '林', '黄', '李', '吴']));
        load.row('community_worker', [
          `worker-${community.code}-${number + 1}`,
          name,
          post,
          null,
          community.code,
          workerGrades[post],
          random.pick(workerQualifications),
        ]);
      }
      await load.flushIfFull();
    }

    for (const { id, name, kind, creditCode, communityCode, number } of organizations()) {
      const random = randomFor(seed, 'organization', communityCode, kind, number);
      load.row('organization', [id, name, kind, creditCode, communityCode, random.int(1998, 2024)]);
      await load.flushIfFull();
    }

    for (const kind of Object.keys(facilityKinds) as FacilityKind[]) {
      const { area, activity, hours } = sizes[kind];
      for (const facility of facilitiesOf(kind)) {
        const random = randomFor(seed, 'facility', facility.id);
        const areaM2 = random.int(...area);
        load.row('facility', [
          facility.id,
          facility.name,
          kind,
          facility.community.code,
          areaM2,
          Math.round(areaM2 * activity),
          Math.max(5, Math.round(areaM2 / 10)),
          hours,
          random.chance(0.8),
        ]);
        await load.flushIfFull();
      }
    }
  },
});
