import { facilitiesOf } from '@linli/kit/population/facilities';
import { demoCommunity } from '@linli/kit/population/places';
import { hash32 } from '@linli/kit/population/random';
import { referenceDate } from '@linli/kit/population/households';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { DonationKind } from '../generated/graphql.js';
import { elderSites } from './elder-sites.js';

const donations: DonationKind[] = ['CLOTHES', 'BOOKS', 'HOUSEHOLD_GOODS', 'FOOD', 'MONEY'];
const officeHours = '周一至周五 09:00-18:00';

/** Whether a community has a fund, and the fund's id: one of four has, made up. */
export function fundOf(community: string): string | null {
  return community === demoCommunity || hash32('fund', community) % 4 === 0 ? `fund-${community}` : null;
}

/** Where people's welfare is looked after: sites of elder care, stations, funds, donation points, children's directors. */
export const welfarePlacesSeed = defineSeed({
  name: 'welfare-places',
  tables: {
    elder_site: [
      'id',
      'name',
      'kind',
      'community_code',
      'facility_id',
      'centre_of',
      'operator',
      'operation',
      'beds',
      'opening_hours',
      'modes',
    ],
    child_protection_station: ['id', 'name', 'street_code', 'community_code', 'hotline', 'opening_hours'],
    social_work_station: ['id', 'name', 'street_code', 'community_code', 'social_workers', 'opening_hours'],
    children_director: ['community_code', 'worker_id', 'appointed_on'],
    volunteer_station: ['id', 'name', 'community_code', 'facility_id', 'opening_hours'],
    community_fund: ['id', 'name', 'community_code', 'organization_id', 'raised', 'spent'],
    donation_point: ['id', 'name', 'community_code', 'facility_id', 'accepts', 'opening_hours'],
  },
  async run({ load }) {
    for (const site of elderSites()) {
      load.row('elder_site', [
        site.id,
        site.name,
        site.kind,
        site.communityCode,
        site.facilityId,
        site.centreOf,
        site.operator,
        site.operation,
        site.beds,
        site.openingHours,
        site.places.map(([mode]) => mode),
      ]);
    }
    for (const { code, name } of geography.streets) {
      const community = geography.communities.find((each) => each.code.startsWith(code))!.code;
      const hotline = '12345';
      load.row('child_protection_station', [
        `child-protection-${code}`,
        `${name}未成年人保护工作站`,
        code,
        community,
        hotline,
        officeHours,
      ]);
      const workers = 3 + (hash32('social-work-station', code) % 6);
      load.row('social_work_station', [
        `social-work-${code}`,
        `${name}社会工作服务站`,
        code,
        community,
        workers,
        officeHours,
      ]);
    }
    for (const [i, { code, name }] of geography.communities.entries()) {
      // The seed of places gave the fourth of each community's workers this post.
      load.row('children_director', [code, `worker-${code}-4`, referenceDate]);
      const fund = fundOf(code);
      if (fund) {
        const raised = 20_000 + (hash32('fund-raised', code) % 500_000);
        const spent = Math.floor(raised * 0.6);
        load.row('community_fund', [fund, `${name}社区基金`, code, `foundation-${code}-1`, raised, spent]);
      }
      if (i % 5 === 0) {
        const kinds = donations.slice(0, 2 + (hash32('donation', code) % 4));
        const centre = `party-service-centre-${code}-1`;
        load.row('donation_point', [
          `donation-${code}`,
          `${name}慈善捐赠接收点`,
          code,
          centre,
          kinds,
          '周一至周日 09:00-21:00',
        ]);
      }
    }
    for (const { id, name, community, number } of facilitiesOf('PARTY_SERVICE_CENTRE')) {
      const station = `volunteer-station-${community.code}-${number}`;
      load.row('volunteer_station', [station, `${name}志愿服务站`, community.code, id, '周一至周日 09:00-21:00']);
      await load.flushIfFull();
    }
  },
});
