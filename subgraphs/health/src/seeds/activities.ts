import { referenceDate } from '@linli/kit/population/households';
import { demoCommunity } from '@linli/kit/population/places';
import { randomFor } from '@linli/kit/population/random';
import { geography } from '@linli/schema/geography';
import type { HealthActivityKind } from '../generated/graphql.js';
import type { Clinic } from './clinics.js';
import { daysAfter, minutesAfter } from './days.js';

const topics: readonly [HealthActivityKind, string, string][] = [
  ['PATRIOTIC_HEALTH', '清积水、灭蚊蝇周末行动', '与社区居民一起清理楼院积水与卫生死角。'],
  ['LECTURE', '高血压与糖尿病自我管理讲座', '全科医生讲解用药、饮食与运动，现场测量血压血糖。'],
  ['HEALTHY_LIVING', '八段锦与控盐生活馆', '学习八段锦，领取控盐勺与膳食宝塔图。'],
];

export interface SeededActivity {
  id: string;
  kind: HealthActivityKind;
  title: string;
  communityCode: string;
  venue: string;
  description: string;
  startsAt: string;
  endsAt: string;
  facilityId: string | null;
}

/** Made-up activities: one in the first community of every street, and one of each kind in the demo community. */
export function activities(seed: number, clinicOf: ReadonlyMap<string, Clinic>): SeededActivity[] {
  const streets = new Set<string>();
  return geography.communities.flatMap(({ code, name }) => {
    const first = !streets.has(code.slice(0, 9));
    streets.add(code.slice(0, 9));
    if (!first && code !== demoCommunity) return [];
    const random = randomFor(seed, 'health-activity', code);
    const held = code === demoCommunity ? topics : [random.pick(topics)];
    return held.map(([kind, title, description], i) => {
      // In the morning, Shenzhen time.
      const startsAt = minutesAfter(daysAfter(referenceDate, random.int(-30, 60)), 60);
      return {
        id: `health-activity-${code}-${i + 1}`,
        kind,
        title: `示例：${name}${title}`,
        communityCode: code,
        venue: `${name}党群服务中心`,
        description,
        startsAt,
        endsAt: minutesAfter(startsAt, 120),
        facilityId: kind === 'LECTURE' ? clinicOf.get(code)!.id : null,
      };
    });
  });
}
