import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { CommunitySchoolService } from '../generated/graphql.js';
import { firstFacilities, sites } from './sites.js';

/** What the plan makes of every community school (专栏3-6), and what it encourages besides. */
const basicServices: CommunitySchoolService[] = ['PARENT_EDUCATION', 'CHILD_PSYCHOLOGICAL_AID'];
const furtherServices: CommunitySchoolService[] = [
  'FAMILY_EDUCATION_GUIDANCE',
  'SUMMER_CARE',
  'STUDY_TOUR',
  'VOLUNTEER_PRACTICE',
];

const topics = ['亲子沟通', '隔代教养', '青春期教育', '幼小衔接', '良好习惯养成', '网络素养'];

/**
 * One community school in every community (第四章第一节), in its service centre, and a family-education station in every
 * other community.
 */
export const communitySchoolsSeed = defineSeed({
  name: 'community-schools',
  tables: {
    community_school: ['id', 'name', 'community_code', 'facility_id', 'services', 'opening_hours'],
    family_education_station: ['id', 'name', 'community_code', 'opening_hours', 'topics'],
  },
  async run({ load, seed }) {
    const centres = firstFacilities('PARTY_SERVICE_CENTRE');
    for (const { community, position } of sites()) {
      const { code, name } = community;
      const random = randomFor(seed, 'community-school', code);
      load.row('community_school', [
        `community-school-${code}`,
        `${name.replace(/社区$/, '')}社区学校`,
        code,
        centres.get(code) ?? null,
        [...basicServices, ...furtherServices.filter(() => random.chance(0.5))],
        '周一至周日 09:00-21:00',
      ]);
      if (position % 2 === 0) {
        load.row('family_education_station', [
          `family-education-${code}`,
          `${name}家庭教育指导服务站点`,
          code,
          '周六、周日 09:00-17:00',
          [...topics.slice(0, 2), ...topics.slice(2).filter(() => random.chance(0.5))],
        ]);
      }
      await load.flushIfFull();
    }
  },
});
