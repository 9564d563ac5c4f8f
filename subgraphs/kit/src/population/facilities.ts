import { geography, type CommunityRecord } from '@linli/schema/geography';

/**
 * Facilities whose number the plan states for 2020 (第一章第一节), with the plan's fact id, their number, and what one is
 * called. "Over 1,800" centres and "over 30,000" sports venues are taken as exactly that many.
 */
export const facilityKinds = {
  PARTY_SERVICE_CENTRE: { fact: 'f03', total: 1800, title: '党群服务中心' },
  POLICE_POST: { fact: 'f05', total: 718, title: '警务室' },
  COMMUNITY_HEALTH: { fact: 'f06', total: 738, title: '社康机构' },
  ELDER_DAY_CARE: { fact: 'f07', total: 112, title: '老年人日间照料中心' },
  CHILDREN_HOME: { fact: 'f08', total: 722, title: '儿童之家' },
  CULTURAL_CENTRE: { fact: 'f09', total: 662, title: '综合性文化服务中心' },
  SPORTS_GUIDANCE_POINT: { fact: 'f10', total: 661, title: '社会体育指导员服务点' },
  COMMUNITY_PARK: { fact: 'f11', total: 992, title: '社区公园' },
  SPORTS_VENUE: { fact: 'f12', total: 30000, title: '体育场地' },
} as const;

export type FacilityKind = keyof typeof facilityKinds;

export interface PlacedFacility {
  /** `police-post-440303001001-1`: kind, community, number within both. */
  id: string;
  kind: FacilityKind;
  community: CommunityRecord;
  /** From 1 within kind and community. */
  number: number;
  name: string;
}

/**
 * Where the facilities of a kind stand. The plan gives totals only; the rule here is even spreading: with `total`
 * facilities over `n` communities in code order, community i gets ⌈(i+1)·total/n⌉ − ⌈i·total/n⌉ of them. Rounding up
 * gives the first community, where the demo family lives, one of every kind. Every department places by this rule, so
 * that a post or a clinic has the same id wherever it is spoken of.
 */
export function* facilitiesOf(kind: FacilityKind): Generator<PlacedFacility> {
  const { total, title } = facilityKinds[kind];
  const { communities } = geography;
  const slug = kind.toLowerCase().replaceAll('_', '-');
  for (const [i, community] of communities.entries()) {
    const here = Math.ceil(((i + 1) * total) / communities.length) - Math.ceil((i * total) / communities.length);
    for (let number = 1; number <= here; number++) {
      yield {
        id: `${slug}-${community.code}-${number}`,
        kind,
        community,
        number,
        name: `${community.name}${here > 1 ? `第${number}` : ''}${title}`,
      };
    }
  }
}
