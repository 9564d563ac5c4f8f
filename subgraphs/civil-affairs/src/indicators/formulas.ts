import { streetOf } from '@linli/kit/identifiers/place-code';
import { count, foreignTotal, total, type IndicatorPlace } from './place.js';

/** A fraction, or why there is none. */
export type Fraction = { numerator: number; denominator: number } | { unavailable: string };

/** How one indicator of 专栏1 is computed. */
export interface Formula {
  no: number;
  /** What is divided by what, for people. */
  text: string;
  /** 100 for percentages and for a hundred households, 1,000 and 10,000 for so many people. */
  multiplier: number;
  compute(place: IndicatorPlace): Fraction;
}

const tooFewPeople = '人数过少、足以推知个人，不公布。';
const noCommunity = '此地没有应计入的社区。';

/** All five committees below a committee (五个下属委员会). */
const allSubCommittees = 5;

/** Where at least this share of people are 60 and over, a community is an ageing one. A default: the plan names none. */
const ageingShare = 0.2;

function share(numerator: number, denominator: number): Fraction {
  return denominator === 0 ? { unavailable: noCommunity } : { numerator, denominator };
}

function perPerson(numerator: number, people: number | null | undefined): Fraction {
  if (people == null) return { unavailable: tooFewPeople };
  return people === 0 ? { unavailable: '此地没有居民。' } : { numerator, denominator: people };
}

/** Urban people of a place: without villages all of them; else only where no village withholds how many it has. */
function urbanPeople(place: IndicatorPlace): number | null {
  const villages = place.communities.filter(({ urban }) => !urban);
  const people = place.population?.total ?? null;
  if (people === null) return null;
  const inVillages = villages.map(({ code }) => place.populationOf(code)?.total ?? null);
  return inVillages.includes(null) ? null : people - inVillages.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}

/** Ageing communities of a place among those that publish how many elders they have. */
function ageing(place: IndicatorPlace) {
  const known = place.communities.filter(({ code }) => place.populationOf(code)?.elders != null);
  return known.filter(({ code }) => {
    const { total: all, elders } = place.populationOf(code)!;
    return all !== null && elders !== null && all > 0 && elders / all >= ageingShare;
  });
}

/** The fourteen, by the plan's own numbers (专栏1). */
export const formulas: readonly Formula[] = [
  {
    no: 1,
    text: '有党群服务中心的社区数 ÷ 社区数',
    multiplier: 100,
    compute: (place) =>
      share(
        count(place, ({ centres }) => centres > 0),
        place.communities.length,
      ),
  },
  {
    no: 2,
    text: '商业网点与党群服务中心面积 ÷ 总建筑面积（住建部门）',
    multiplier: 100,
    compute(place) {
      const floor = foreignTotal(place, ({ floorAreaM2 }) => floorAreaM2);
      if (!floor) return { unavailable: '暂时取不到住建部门的建筑面积，或此地有社区没有登记建筑。' };
      return { numerator: total(place, ({ shopArea, centreArea }) => shopArea + centreArea), denominator: floor };
    },
  },
  {
    no: 3,
    text: '党群服务中心面积 ÷ 户数（居住户）× 100',
    multiplier: 100,
    compute: (place) =>
      perPerson(
        total(place, ({ centreArea }) => centreArea),
        place.population?.households,
      ),
  },
  {
    no: 4,
    text: '党群服务中心的居民活动面积 ÷ 其建筑面积',
    multiplier: 100,
    compute: (place) =>
      share(
        total(place, ({ activityArea }) => activityArea),
        total(place, ({ centreArea }) => centreArea),
      ),
  },
  {
    no: 5,
    text: '有在线自助服务一体机的城市社区数 ÷ 城市社区（居民委员会）数',
    multiplier: 100,
    compute: (place) =>
      share(
        count(place, ({ urban, onlineKiosks }) => urban && onlineKiosks > 0),
        count(place, ({ urban }) => urban),
      ),
  },
  {
    no: 6,
    text: '城市社区在岗社区工作者数 ÷ 城镇常住人口 × 10000',
    multiplier: 10_000,
    compute: (place) =>
      perPerson(
        total(place, ({ urban, workers }) => (urban ? workers : 0)),
        urbanPeople(place),
      ),
  },
  {
    no: 7,
    text: '托育机构与幼儿园托班的托位数（卫健、教育部门）÷ 常住人口 × 1000',
    multiplier: 1000,
    compute(place) {
      const nurseries = foreignTotal(place, ({ nurseryPlaces }) => nurseryPlaces);
      const classes = foreignTotal(place, ({ nurseryClassPlaces }) => nurseryClassPlaces);
      if (nurseries === null || classes === null) return { unavailable: '暂时取不到卫健或教育部门的托位数。' };
      return perPerson(nurseries + classes, place.population?.total);
    },
  },
  {
    no: 8,
    text: '有街道长者服务中心的街道数 ÷ 街道数；社区看其所在街道',
    multiplier: 100,
    compute(place) {
      const streets = new Map(place.communities.map(({ code, streetCentre }) => [streetOf(code), streetCentre]));
      return share([...streets.values()].filter(Boolean).length, streets.size);
    },
  },
  {
    no: 9,
    text: '设施目录中的体育场地与学校开放的体育场地（教育部门）面积 ÷ 常住人口',
    multiplier: 1,
    compute(place) {
      const schools = foreignTotal(place, ({ schoolSportsAreaM2 }) => schoolSportsAreaM2);
      if (schools === null) return { unavailable: '暂时取不到教育部门的体育场地面积。' };
      return perPerson(total(place, ({ sportsArea }) => sportsArea) + schools, place.population?.total);
    },
  },
  {
    no: 10,
    text: '有志愿服务站点的党群服务中心数 ÷ 党群服务中心数',
    multiplier: 100,
    compute: (place) =>
      share(
        total(place, ({ centresWithStation }) => centresWithStation),
        total(place, ({ centres }) => centres),
      ),
  },
  {
    no: 11,
    text: '有社区长者服务站或日间照料中心的老龄化社区数 ÷ 老龄化社区（60 岁及以上占 20% 以上，且公布老年人数）数',
    multiplier: 100,
    compute(place) {
      const communities = ageing(place);
      if (communities.length === 0) return { unavailable: '此地没有老龄化社区，或其老年人数因人数过少不公布。' };
      return share(communities.filter(({ elderStations }) => elderStations > 0).length, communities.length);
    },
  },
  {
    no: 12,
    text: '使用“深圳智慧养老”的老年人数 ÷ 60 岁及以上人数',
    multiplier: 100,
    compute: ({ smartCareUsers, population }) =>
      smartCareUsers === null ? { unavailable: tooFewPeople } : perPerson(smartCareUsers, population?.elders),
  },
  {
    no: 13,
    text: '有儿童主任的社区数 ÷ 社区数',
    multiplier: 100,
    compute: (place) =>
      share(
        count(place, ({ childrenDirectors }) => childrenDirectors > 0),
        place.communities.length,
      ),
  },
  {
    no: 14,
    text: '五个下属委员会齐备的居（村）民委员会数 ÷ 居（村）民委员会数',
    multiplier: 100,
    compute: (place) =>
      share(
        count(place, ({ subCommittees }) => subCommittees === allSubCommittees),
        place.communities.length,
      ),
  },
];
