import { householdSurname, personName } from '@linli/kit/population/names';
import { demoCommunity } from '@linli/kit/population/places';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { FraudMethod, TrainingTopic, WatchTeamKind } from '../generated/graphql.js';
import { dayBefore, minutesBefore, shenzhenDay } from './calendar.js';

const methods: Record<FraudMethod, [title: string, advice: string]> = {
  FAKE_SERVICE: ['冒充客服退款诈骗', '不向陌生账户转账，退款只走原支付渠道'],
  FAKE_POLICE: ['冒充公检法诈骗', '公检法机关不会通过电话办案，不设“安全账户”'],
  PART_TIME_JOB: ['刷单返利诈骗', '凡是要求先垫付资金的兼职都是诈骗'],
  INVESTMENT: ['虚假投资理财诈骗', '不加入陌生投资群，不下载来历不明的应用'],
  LOAN: ['虚假贷款诈骗', '放款前要求缴纳保证金的都是诈骗'],
  ROMANCE: ['婚恋交友诈骗', '未曾谋面的网友要求转账时务必核实'],
  SHOPPING: ['虚假购物诈骗', '不脱离正规平台交易'],
  ELDER_PRODUCTS: ['养老产品诈骗', '不轻信高额回报的养老投资与保健品'],
};
const methodNames = Object.keys(methods) as FraudMethod[];
const teams: [WatchTeamKind, string, [number, number]][] = [
  ['SECURITY_COMMITTEE', '治保会', [5, 15]],
  ['BUILDING_LEADERS', '楼（栋）长队伍', [4, 60]],
];
const topics: TrainingTopic[] = [
  'FRAUD_PREVENTION',
  'DRUG_PREVENTION',
  'FIRE_SAFETY',
  'FIRST_AID',
  'PATROL',
  'EMERGENCY_RESPONSE',
];
/** Share of teams with a training on record. Made up. */
const trainedShare = 0.15;

/** Places of the fraud alerts: eight for the city, one for each district that is a prefix, one for the demo street. */
function alertPlaces(): { place: string; name: string; method?: FraudMethod }[] {
  const { city, districts, streets } = geography;
  const demoStreet = streets.find(({ code }) => demoCommunity.startsWith(code))!;
  return [
    ...methodNames.map((method) => ({ place: city.code, name: city.name, method })),
    ...districts.flatMap(({ prefixes, name }) => (prefixes.length === 1 ? [{ place: prefixes[0]!, name }] : [])),
    { place: demoStreet.code, name: demoStreet.name },
  ];
}

/** Fraud alerts of the three months before the reference date, and two watch teams for every community. */
export const safetySeed = defineSeed({
  name: 'safety',
  tables: {
    fraud_alert: ['id', 'method', 'title', 'text', 'place', 'published_at'],
    watch_team: ['id', 'kind', 'name', 'leader_name', 'members', 'community_code'],
    team_training: ['id', 'topic', 'held_on', 'attendees', 'team_id', 'community_code'],
  },
  async run({ load, seed }) {
    for (const [i, { place, name, method: fixed }] of alertPlaces().entries()) {
      const random = randomFor(seed, 'fraud-alert', i);
      const method = fixed ?? random.pick(methodNames);
      const [title, advice] = methods[method];
      const published = minutesBefore(random.int(600, 90 * 24 * 60));
      load.row('fraud_alert', [
        `F${shenzhenDay(published)}-${String(i + 1).padStart(3, '0')}`,
        method,
        title,
        `【示例】${name}近期有${title}案件：${advice}。`,
        place,
        published.toISOString(),
      ]);
    }
    for (const { code, name } of geography.communities) {
      for (const [kind, title, members] of teams) {
        const random = randomFor(seed, 'watch-team', code, kind);
        const id = `watch-team-${kind.toLowerCase().replaceAll('_', '-')}-${code}`;
        const count = random.int(...members);
        load.row('watch_team', [
          id,
          kind,
          `${name}${title}`,
          personName(random, householdSurname(random)),
          count,
          code,
        ]);
        const trainings = code === demoCommunity ? 2 : Number(random.chance(trainedShare));
        for (let number = 1; number <= trainings; number++) {
          load.row('team_training', [
            opaqueId('w', id, number),
            topics[(random.int(0, 100) + number) % topics.length]!,
            dayBefore(random.int(5, 180) + number * 180),
            random.int(1, count),
            id,
            code,
          ]);
        }
      }
      await load.flushIfFull();
    }
  },
});
