import { referenceDate } from '@linli/kit/population/households';
import { demoCommunity } from '@linli/kit/population/places';
import { randomFor, type Random } from '@linli/kit/population/random';
import { geography, type CommunityRecord } from '@linli/schema/geography';
import type {
  PublicHealthEventCategory,
  PublicHealthEventGrade,
  PublicHealthEventState,
} from '../generated/graphql.js';
import { minutesAfter } from './days.js';

export interface SeededEvent {
  id: string;
  title: string;
  category: PublicHealthEventCategory;
  grade: PublicHealthEventGrade;
  state: PublicHealthEventState;
  communityCode: string;
  publishedAt: string;
  endedAt: string | null;
  advice: string;
}

interface Kind {
  category: PublicHealthEventCategory;
  what: string;
  advice: string;
}

/** Every title begins with 示例 ("example"), so that nobody takes one for an event that happened. */
const kinds: readonly [Kind, ...Kind[]] = [
  {
    category: 'INFECTIOUS_DISEASE',
    what: '流感样病例聚集',
    advice: '勤洗手、常通风，发热者居家休息，需要时到社康机构就诊。',
  },
  {
    category: 'INFECTIOUS_DISEASE',
    what: '登革热病例',
    advice: '清除积水、防蚊灭蚊，发热伴皮疹者请尽快就诊并说明旅居史。',
  },
  {
    category: 'INFECTIOUS_DISEASE',
    what: '手足口病聚集',
    advice: '婴幼儿玩具与餐具注意消毒，患儿居家休息至痊愈。',
  },
  {
    category: 'POISONING',
    what: '集体用餐后不适',
    advice: '停止食用可疑食物并保留样品，腹痛腹泻者及时就诊。',
  },
  { category: 'OTHER', what: '高温中暑风险', advice: '避免正午外出，独居老人可联系社区工作者到社区服务中心避暑。' },
];

/** Share of communities with an event in the year before the reference date. */
const eventShare = 0.05;

function event({ code, name }: CommunityRecord, random: Random): SeededEvent {
  const demo = code === demoCommunity;
  const { category, what, advice } = demo ? kinds[0] : random.pick(kinds);
  const state = demo ? 'RESPONDING' : random.pick(['RESPONDING', 'OBSERVING', 'ENDED', 'ENDED', 'ENDED'] as const);
  // What has ended began early enough for that.
  const [earliest, latest] = state === 'ENDED' ? [60, 360] : [1, 20];
  const publishedAt = minutesAfter(referenceDate, -random.int(earliest * 1440, latest * 1440));
  return {
    id: `public-health-event-${code}-1`,
    title: `示例：${name}${what}提示`,
    category,
    grade: random.chance(0.1) ? 'III' : 'IV',
    state,
    communityCode: code,
    publishedAt,
    endedAt: state === 'ENDED' ? minutesAfter(publishedAt, random.int(7 * 1440, 45 * 1440)) : null,
    advice,
  };
}

/** Made-up events: at most one a community, one in twenty communities, and one that goes on in the demo community. */
export function events(seed: number): SeededEvent[] {
  return geography.communities.flatMap((community) => {
    const random = randomFor(seed, 'public-health-event', community.code);
    const drawn = random.chance(eventShare);
    return drawn || community.code === demoCommunity ? [event(community, random)] : [];
  });
}
