import { referenceDate } from '@linli/kit/population/households';
import { randomFor } from '@linli/kit/population/random';
import type { CourseAudience, CourseMode } from '../generated/graphql.js';
import { addDays } from '../days.js';
import { sites } from './sites.js';

/** What a community school teaches, one course for each audience and a second one of lifelong education. */
const titles: [CourseAudience, string[]][] = [
  ['EVERGREEN_UNIVERSITY', ['声乐基础', '太极与养生', '国画入门', '智能手机应用']],
  ['ELDER_UNIVERSITY', ['书法', '手机摄影', '防范电信诈骗', '营养与膳食']],
  ['LIFELONG', ['家庭急救', '办公软件应用', '英语口语', '准家长课堂']],
  ['YOUTH', ['少儿编程', '科学实验', '国学诵读', '篮球入门']],
  ['LIFELONG', ['普通话与粤语', '家庭理财', '插花艺术', '垃圾分类与低碳生活']],
];

/** Hours taught in a week. */
const weeklyHours = 2;

export interface PlacedCourse {
  id: string;
  title: string;
  schoolId: string;
  communityCode: string;
  audience: CourseAudience;
  mode: CourseMode;
  seats: number;
  /** Seats taken so far; grows while residents enrol. */
  enrolled: number;
  /** How many wait for one; grows likewise. */
  waitlisted: number;
  hours: number;
  /** YYYY-MM-DD, at most four months before or two after the reference date. */
  startsOn: string;
  endsOn: string;
}

/** All courses of the city's community schools, with nobody in them yet. */
export function* placedCourses(seed: number): Generator<PlacedCourse> {
  for (const { community } of sites()) {
    const { code } = community;
    for (const [i, [audience, choice]] of titles.entries()) {
      const random = randomFor(seed, 'course', code, i);
      const mode: CourseMode = random.chance(0.25) ? 'ONLINE' : 'ONSITE';
      const weeks = random.int(6, 16);
      const startsOn = addDays(referenceDate, random.int(-120, 60));
      yield {
        id: `course-${code}-${i + 1}`,
        title: random.pick(choice),
        schoolId: `community-school-${code}`,
        communityCode: code,
        audience,
        mode,
        seats: mode === 'ONLINE' ? random.int(10, 30) * 10 : random.int(20, 45),
        enrolled: 0,
        waitlisted: 0,
        hours: weeks * weeklyHours,
        startsOn,
        endsOn: addDays(startsOn, weeks * 7 - 1),
      };
    }
  }
}

/** Hours of a course that were taught before a day. */
export function hoursTaught(course: PlacedCourse, day: string): number {
  const weeks = Math.floor((Date.parse(day) - Date.parse(course.startsOn)) / (7 * 86_400_000));
  return Math.min(course.hours, Math.max(0, weeks * weeklyHours));
}
