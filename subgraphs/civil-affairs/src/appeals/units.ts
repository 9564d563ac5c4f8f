import { geography } from '@linli/schema/geography';
import type { AppealUnitLevel } from '../generated/graphql.js';

/** A unit that can receive and handle appeals: a community's service window, a street office, a bureau. */
export interface AppealUnit {
  /** The division code of a community or street; of a bureau the district's id or the city's code, a dash, its name. */
  readonly code: string;
  readonly name: string;
  readonly level: AppealUnitLevel;
}

/** Bureaus that districts and the city have for what people complain about, by the names used in codes. */
export const bureaus = {
  'civil-affairs': '民政局',
  housing: '住房和建设局',
  'urban-management': '城市管理和综合执法局',
  ecology: '生态环境局',
  transport: '交通运输局',
  emergency: '应急管理局',
  education: '教育局',
  health: '卫生健康局',
  'public-security': '公安局',
} as const;

export type Bureau = keyof typeof bureaus;

const communities = new Map(geography.communities.map((community) => [community.code, community]));
const streets = new Map(geography.streets.map((street) => [street.code, street]));
const districts = new Map(geography.districts.map((district) => [district.id, district]));

export function isBureau(name: string | undefined): name is Bureau {
  return name !== undefined && Object.hasOwn(bureaus, name);
}

/** The id of the district that a community or street lies in. */
function districtOf(code: string): string {
  return streets.get(code.slice(0, 9))!.districtId;
}

/** A unit by its code; null where there is none of that code. */
export function unitByCode(code: string): AppealUnit | null {
  const community = communities.get(code);
  if (community) return { code, name: `${community.name}党群服务中心民生诉求服务窗口`, level: 'COMMUNITY' };
  const street = streets.get(code);
  if (street) return { code, name: `${street.name}办事处`, level: 'STREET' };
  const [place, bureau] = [code.slice(0, code.indexOf('-')), code.slice(code.indexOf('-') + 1)];
  if (!isBureau(bureau)) return null;
  if (place === geography.city.code) return { code, name: `${geography.city.name}${bureaus[bureau]}`, level: 'CITY' };
  const district = districts.get(place);
  return district ? { code, name: `${district.name}${bureaus[bureau]}`, level: 'DISTRICT' } : null;
}

/** The unit of a level, for a community; the bureau counts for districts and the city. */
export function unitFor(community: string, level: AppealUnitLevel, bureau: Bureau): string {
  switch (level) {
    case 'COMMUNITY':
      return community;
    case 'STREET':
      return community.slice(0, 9);
    case 'DISTRICT':
      return `${districtOf(community)}-${bureau}`;
    case 'CITY':
      return `${geography.city.code}-${bureau}`;
  }
}

/** All units to which an appeal of a community can go, from its own window upwards. */
export function unitsFor(community: string): AppealUnit[] {
  const names = Object.keys(bureaus) as Bureau[];
  return [
    unitFor(community, 'COMMUNITY', 'civil-affairs'),
    unitFor(community, 'STREET', 'civil-affairs'),
    ...names.map((bureau) => unitFor(community, 'DISTRICT', bureau)),
    ...names.map((bureau) => unitFor(community, 'CITY', bureau)),
  ].map((code) => unitByCode(code)!);
}

/** Whether an appeal of a community can go to a unit. */
export function servesCommunity(unit: string, community: string): boolean {
  return communities.has(community) && unitsFor(community).some(({ code }) => code === unit);
}

const levels: readonly AppealUnitLevel[] = ['COMMUNITY', 'STREET', 'DISTRICT', 'CITY'];

/** Whether going from one unit up to another skips a level (跨层级直派). */
export function skipsLevel(from: string, to: string): boolean {
  const [lower, higher] = [unitByCode(from), unitByCode(to)];
  return lower !== null && higher !== null && levels.indexOf(higher.level) - levels.indexOf(lower.level) > 1;
}

/** Who somebody is at work, out of the token. */
export interface Post {
  readonly staffId?: string | undefined;
  readonly department?: string | undefined;
  readonly jurisdiction: readonly string[];
}

/**
 * The unit for which somebody acts on appeals of a community, by the closest of their places that holds it; null where
 * none does, or where a bureau is meant that there is none of.
 */
export function unitOfPost({ jurisdiction, department }: Post, community: string): string | null {
  if (!communities.has(community)) return null;
  const [closest] = jurisdiction.filter((code) => community.startsWith(code)).sort((a, b) => b.length - a.length);
  if (closest === undefined) return null;
  if (closest.length >= 9) return closest;
  const bureau = isBureau(department) ? department : 'civil-affairs';
  return unitFor(community, closest.length === 6 ? 'DISTRICT' : 'CITY', bureau);
}
