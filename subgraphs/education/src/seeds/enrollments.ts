import { referenceDate, type SyntheticHousehold, type SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, randomFor, type Random } from '@linli/kit/population/random';
import type { CourseAudience, CourseEnrollmentState } from '../generated/graphql.js';
import { hoursTaught, type PlacedCourse } from './courses.js';
import { addDays } from '../days.js';

export interface PlacedEnrollment {
  id: string;
  courseId: string;
  resident: SyntheticResident;
  state: CourseEnrollmentState;
  hours: number;
  enrolledAt: string;
  /** Number in the order of those who wait; null for the others. */
  waitingNo: number | null;
}

/** Shares of people who choose a course; made up. */
const shares = { elders: 0.18, adults: 0.06, youths: 0.1, parents: 0.1 };
const withdrawnShare = 0.05;
/** Below this age a parent enrols in their own name, so that nothing is kept about the child. */
const ownNameAge = 14;
const schoolAge = 6;

/** What a person would choose for themselves, and how likely. */
function interest({ age }: SyntheticResident, random: Random): { audience: CourseAudience; share: number } | null {
  if (age >= 60) {
    return {
      audience: random.pick<CourseAudience>(['EVERGREEN_UNIVERSITY', 'ELDER_UNIVERSITY']),
      share: shares.elders,
    };
  }
  if (age >= 18) return { audience: 'LIFELONG', share: shares.adults };
  return age >= ownNameAge ? { audience: 'YOUTH', share: shares.youths } : null;
}

/** Puts somebody into a course: a seat while there is one, the waiting list afterwards. */
function enroll(course: PlacedCourse, random: Random, mayWithdraw: boolean): Omit<PlacedEnrollment, 'id' | 'resident'> {
  const asked = addDays(course.startsOn, -random.int(3, 30));
  const day = asked < referenceDate ? asked : addDays(referenceDate, -random.int(1, 20));
  const enrolledAt = new Date(Date.parse(`${day}T01:00:00Z`) + random.int(0, 600) * 60_000).toISOString();
  const attended = Math.floor(hoursTaught(course, referenceDate) * (random.int(6, 10) / 10) * 2) / 2;
  const at = { courseId: course.id, enrolledAt, waitingNo: null };
  if (mayWithdraw && random.chance(withdrawnShare)) return { ...at, state: 'WITHDRAWN', hours: Math.min(attended, 2) };
  if (course.enrolled >= course.seats) {
    return { ...at, state: 'WAITLISTED', hours: 0, waitingNo: ++course.waitlisted };
  }
  course.enrolled++;
  const over = course.endsOn < referenceDate;
  return over ? { ...at, state: 'COMPLETED', hours: course.hours } : { ...at, state: 'ENROLLED', hours: attended };
}

/**
 * The courses that a household's members chose in their community's school; takes their seats.
 * @param courses of the household's community
 */
export function enrollmentsOf(
  household: SyntheticHousehold,
  courses: readonly PlacedCourse[],
  seed: number,
): PlacedEnrollment[] {
  const { index, members } = household;
  const random = randomFor(seed, 'courses', index);
  // The demo family always takes part, so that examples show something.
  const demo = index === 0;
  const chosen: PlacedEnrollment[] = [];
  const choose = (member: number, audience: CourseAudience) => {
    const course = random.pick(courses.filter((each) => each.audience === audience));
    const id = opaqueId('e', index, member, audience);
    chosen.push({ id, resident: members[member]!, ...enroll(course, random, !demo) });
  };
  for (const [i, member] of members.entries()) {
    const own = interest(member, random);
    if (own && (demo || random.chance(own.share))) choose(i, own.audience);
  }
  const hasSchoolChild = members.some(({ age }) => age >= schoolAge && age < ownNameAge);
  if (hasSchoolChild && (demo || random.chance(shares.parents))) choose(0, 'YOUTH');
  return chosen;
}
