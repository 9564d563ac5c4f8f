import { facilitiesOf } from '@linli/kit/population/facilities';
import { referenceDate } from '@linli/kit/population/households';
import { demoCommunity } from '@linli/kit/population/places';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { plan } from '@linli/schema/plan';
import { addDays, slotTime } from '../days.js';
import type { ActivityKind, Weekday } from '../generated/graphql.js';
import { communityTeacher } from '../posts.js';
import { firstFacilities, sites } from './sites.js';

/** What is on: what holds it, its usual day and time, how long, and for how many; made up. */
interface ActivityType {
  titles: readonly string[];
  weekday: Weekday;
  startsAt: string;
  minutes: number;
  capacity: [number, number];
}

const types: Record<Exclude<ActivityKind, 'SCIENCE'>, ActivityType> = {
  CULTURE: {
    titles: ['周末文艺演出', '民俗展览', '书画交流'],
    weekday: 'SATURDAY',
    startsAt: '15:00',
    minutes: 120,
    capacity: [60, 150],
  },
  SPORTS: {
    titles: ['羽毛球邀请赛', '围棋擂台赛', '全民健身月趣味赛'],
    weekday: 'SUNDAY',
    startsAt: '09:00',
    minutes: 180,
    capacity: [20, 64],
  },
  READING: {
    titles: ['亲子共读', '读书分享会'],
    weekday: 'SUNDAY',
    startsAt: '10:00',
    minutes: 90,
    capacity: [15, 30],
  },
  FAMILY_EDUCATION: {
    titles: ['家长学校：亲子沟通', '家长学校：隔代教养', '家长学校：幼小衔接'],
    weekday: 'SATURDAY',
    startsAt: '09:30',
    minutes: 90,
    capacity: [20, 40],
  },
  FITNESS_GUIDANCE: {
    titles: ['太极拳教学', '科学健身指导'],
    weekday: 'WEDNESDAY',
    startsAt: '19:30',
    minutes: 60,
    capacity: [20, 40],
  },
  STUDY_TOUR: {
    titles: ['社区研学：岭南工艺', '社区研学：垃圾分类与低碳生活'],
    weekday: 'SATURDAY',
    startsAt: '08:30',
    minutes: 240,
    capacity: [20, 40],
  },
};

/** Share of households somebody of which signed up for their community's activity; made up. */
const signUpShare = 0.05;
const disciplines = ['太极拳', '广场舞', '健步走', '八段锦', '力量训练'];

interface Placed {
  id: string;
  communityCode: string;
  capacity: number;
  signedUp: number;
  cells: (string | number | null)[];
}

/**
 * Guidance points with the instructors that the plan counts, one activity near the reference date in every community, and
 * in the first community of every street one that takes place every week (周周有活动); in the demo community one of each
 * kind.
 */
export const activitiesSeed = defineSeed({
  name: 'activities',
  tables: {
    fitness_guidance_point: [
      'id',
      'name',
      'community_code',
      'facility_id',
      'instructors',
      'opening_hours',
      'disciplines',
    ],
    activity_series: [
      'id',
      'title',
      'kind',
      'community_code',
      'facility_id',
      'host_id',
      'weekday',
      'starts_at',
      'minutes',
      'capacity',
      'first_on',
    ],
    activity: [
      'id',
      'title',
      'kind',
      'community_code',
      'facility_id',
      'host_id',
      'starts_at',
      'ends_at',
      'capacity',
      'signed_up',
    ],
    activity_registration: ['id', 'activity_id', 'resident_id', 'state', 'signed_up_at', 'community_code', 'handlers'],
  },
  async run({ load, seed, households }) {
    const points = [...facilitiesOf('SPORTS_GUIDANCE_POINT')];
    const instructors = plan.facts.find(({ name }) => name === '社会体育指导员')!.value;
    const share = (i: number) => Math.floor((i * instructors) / points.length);
    for (const [i, { id, community, number, name }] of points.entries()) {
      const random = randomFor(seed, 'fitness-guidance', id);
      load.row('fitness_guidance_point', [
        `fitness-guidance-${community.code}-${number}`,
        name,
        community.code,
        id,
        share(i + 1) - share(i),
        '周一至周五 19:00-21:00',
        disciplines.filter((_, n) => n === 0 || random.chance(0.4)),
      ]);
    }

    const centres = firstFacilities('PARTY_SERVICE_CENTRE');
    const cultural = firstFacilities('CULTURAL_CENTRE');
    const pointsAt = firstFacilities('SPORTS_GUIDANCE_POINT');
    const holder = (kind: ActivityKind, code: string): { facility: string | null; host: string | null } => {
      const centre = { facility: centres.get(code) ?? null, host: null };
      if (kind === 'FAMILY_EDUCATION') return { ...centre, host: `family-education-${code}` };
      if (kind === 'READING' && cultural.has(code)) return { facility: cultural.get(code)!, host: `library-${code}-1` };
      if (kind === 'FITNESS_GUIDANCE' && pointsAt.has(code)) {
        return { facility: pointsAt.get(code)!, host: `fitness-guidance-${code}-1` };
      }
      return centre;
    };

    const kinds = Object.keys(types) as (keyof typeof types)[];
    const placed = new Map<string, Placed>();
    for (const { community, position } of sites()) {
      const { code, name } = community;
      const random = randomFor(seed, 'activity', code);
      // Stations of family education stand in every other community only.
      const kind = random.pick(position % 2 === 0 ? kinds : kinds.filter((each) => each !== 'FAMILY_EDUCATION'));
      const { titles, startsAt, minutes, capacity } = types[kind];
      const { facility, host } = holder(kind, code);
      const start = slotTime(addDays(referenceDate, random.int(-60, 60)), startsAt);
      const id = `activity-${code}-1`;
      const end = new Date(start.getTime() + minutes * 60_000);
      const title = `${name}${random.pick(titles)}`;
      const cells = [id, title, kind, code, facility, host, start.toISOString(), end.toISOString()];
      placed.set(code, { id, communityCode: code, capacity: random.int(...capacity), signedUp: 0, cells });

      if (position > 0) continue;
      for (const weekly of code === demoCommunity ? kinds : [random.pick(kinds)]) {
        const type = types[weekly];
        const at = holder(weekly, code);
        load.row('activity_series', [
          `activity-series-${code}-${kinds.indexOf(weekly) + 1}`,
          `${name}${random.pick(type.titles)}`,
          weekly,
          code,
          at.facility,
          at.host,
          type.weekday,
          type.startsAt,
          type.minutes,
          random.int(...type.capacity),
          '2025-07-01',
        ]);
      }
    }
    for (const { index, communityCode, members } of households()) {
      const activity = placed.get(communityCode)!;
      const random = randomFor(seed, 'activity-registration', index);
      if (activity.signedUp >= activity.capacity || (index > 0 && !random.chance(signUpShare))) continue;
      activity.signedUp++;
      load.row('activity_registration', [
        opaqueId('a', index),
        activity.id,
        members[0]!.id,
        'SIGNED_UP',
        `${addDays(referenceDate, -random.int(61, 90))}T02:00:00Z`,
        communityCode,
        [communityTeacher(communityCode)],
      ]);
      await load.flushIfFull();
    }
    for (const { cells, capacity, signedUp } of placed.values()) load.row('activity', [...cells, capacity, signedUp]);
  },
});
