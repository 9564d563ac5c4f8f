import { facilitiesOf } from '@linli/kit/population/facilities';
import { demoCommunity } from '@linli/kit/population/places';
import { hash32 } from '@linli/kit/population/random';
import { geography } from '@linli/schema/geography';
import type { ElderCareMode, ElderOperation, ElderSiteKind } from '../generated/graphql.js';

export interface SyntheticElderSite {
  id: string;
  name: string;
  kind: ElderSiteKind;
  communityCode: string;
  facilityId: string | null;
  centreOf: string | null;
  operator: string;
  operation: ElderOperation;
  beds: number;
  openingHours: string;
  /** Places of each care mode. */
  places: [ElderCareMode, number][];
}

const operators: Record<ElderOperation, string> = {
  PUBLIC: '街道办事处',
  SOCIAL: '示例养老服务中心',
  PROPERTY: '示例物业公司',
  DOMESTIC_SERVICE: '示例家政公司',
};
const operations = Object.keys(operators) as ElderOperation[];

/** The centre of a street: all modes, and beds. Every street has one but each sixth: made up, the plan wants all of them. */
function* centres(): Generator<SyntheticElderSite> {
  for (const [i, street] of geography.streets.entries()) {
    if (i % 6 === 5) continue;
    const community = geography.communities.find(({ code }) => code.startsWith(street.code))!;
    yield {
      id: `elder-centre-${street.code}`,
      name: `${street.name}长者服务中心`,
      kind: 'STREET_CENTRE',
      communityCode: community.code,
      facilityId: null,
      centreOf: street.code,
      operator: operators.SOCIAL,
      operation: 'SOCIAL',
      beds: 30 + (hash32('elder-centre', street.code) % 60),
      openingHours: '全天',
      places: [
        ['FULL_DAY', 60],
        ['HALF_DAY', 30],
        ['HOURLY', 20],
        ['TEMPORARY', 10],
      ],
    };
  }
}

/** A station in each of the plan's day-care centres. */
function* stations(): Generator<SyntheticElderSite> {
  for (const { id, community, number } of facilitiesOf('ELDER_DAY_CARE')) {
    const operation = operations[hash32('elder-station', id) % operations.length]!;
    yield {
      id: `elder-station-${community.code}-${number}`,
      name: `${community.name}长者服务站`,
      kind: 'COMMUNITY_STATION',
      communityCode: community.code,
      facilityId: id,
      centreOf: null,
      operator: operators[operation],
      operation,
      beds: 0,
      openingHours: '周一至周六 08:00-18:00',
      places: [
        ['FULL_DAY', 40],
        ['HALF_DAY', 20],
        ['HOURLY', 10],
      ],
    };
  }
}

/** A point in one of four communities, run by property or domestic-service companies: made up. */
function* points(): Generator<SyntheticElderSite> {
  for (const { code, name } of geography.communities) {
    if (code !== demoCommunity && hash32('elder-point', code) % 4 !== 0) continue;
    const operation = hash32('elder-point-operator', code) % 2 ? 'PROPERTY' : 'DOMESTIC_SERVICE';
    yield {
      id: `elder-point-${code}-1`,
      name: `${name}小区长者服务点`,
      kind: 'ESTATE_POINT',
      communityCode: code,
      facilityId: null,
      centreOf: null,
      operator: operators[operation],
      operation,
      beds: 0,
      openingHours: '周一至周五 09:00-17:00',
      places: [['HOURLY', 8]],
    };
  }
}

/** All sites of elder care of the made-up city. */
export function* elderSites(): Generator<SyntheticElderSite> {
  yield* centres();
  yield* stations();
  yield* points();
}
