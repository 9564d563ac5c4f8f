import { randomUUID } from 'node:crypto';
import { day, id, idempotencyKey, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Database } from '../database.js';
import { today } from '../days.js';
import type { CourseEnrollmentState, Resolvers } from '../generated/graphql.js';
import { minorUntilOf } from '../minor-until.js';
import { communityTeacher } from '../posts.js';
import { courseRoster, holdRoster, leavePlace, takePlace } from '../queries/roster.js';
import { notFound, requireState, requireVersion, stale } from './checks.js';
import { hours } from './hours.js';

const stateNames: Record<CourseEnrollmentState, string> = {
  ENROLLED: '已选',
  COMPLETED: '已结业',
  WAITLISTED: '候补',
  WITHDRAWN: '已退课',
};

/** Hours of one course that somebody can learn in a day. */
const mostHoursADay = 8;

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

async function enrollmentOf(tx: WriteContext<Database>, enrollmentId: string) {
  const enrollment = await tx.rows.courseEnrollment.findUnique({ where: { id: enrollmentId } });
  if (!enrollment) throw notFound('enrollmentId', '条选课');
  return enrollment;
}

/** Choosing a course, leaving it, and what was learned in it. */
export const courseEnrollmentMutations: Resolvers['Mutation'] = {
  enrolInCourse: mutation({
    name: 'enrolInCourse',
    input: z.strictObject({ courseId: id, residentId: id, idempotencyKey: idempotencyKey.nullish() }),
    async run({ courseId, residentId }, tx: WriteContext<Database>) {
      tx.requireRelation(['residentId'], { subject: residentId });
      await holdRoster(tx, courseRoster, courseId);
      const course = await tx.all.course.findUnique({ where: { id: courseId } });
      if (!course) throw refuse(['courseId'], 'NOT_FOUND', '没有这门课程，请重新选择。');
      if (course.state === 'CANCELLED') throw refuse(['courseId'], 'CLOSED', '课程已取消，请选择其他课程。');
      if (isoDay(course.endsOn) < today(tx.now)) {
        throw refuse(['courseId'], 'CLOSED', '课程已结课，请选择其他课程。');
      }
      const minorUntil = await minorUntilOf(tx, residentId);
      if (minorUntil && minorUntil > tx.now) {
        throw refuse(['residentId'], 'NOT_ALLOWED', '不满十四周岁的，请由家长以自己的名义报名。');
      }
      const before = await tx.all.courseEnrollment.findUnique({
        where: { residentId_courseId: { residentId, courseId } },
      });
      if (before && before.state !== 'WITHDRAWN') {
        throw refuse(['courseId'], 'DUPLICATE', `您已报过这门课程，现为“${stateNames[before.state]}”。`);
      }
      const { waitingNo, last } = await takePlace(tx, courseRoster, courseId);
      const { communityCode } = course;
      const entry = {
        state: waitingNo === null ? ('ENROLLED' as const) : ('WAITLISTED' as const),
        waitingNo,
        enrolledAt: tx.now,
        communityCode,
        handlers: [communityTeacher(communityCode)],
        minorUntil,
      };
      const enrollment = before
        ? await tx.all.courseEnrollment.update({
            where: { id: before.id },
            data: { ...entry, version: { increment: 1 } },
          })
        : await tx.all.courseEnrollment.create({
            data: { id: randomUUID(), courseId, residentId, hours: 0, ...entry },
          });
      if (last) {
        await tx.emit({ type: 'CourseFull', key: courseId, data: { courseId, communityCode, seats: course.seats } });
      }
      return { enrollment };
    },
    made: ({ enrollment }) => enrollment.id,
    again: async (made, tx) => ({
      enrollment: await tx.all.courseEnrollment.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),

  dropCourse: mutation({
    name: 'dropCourse',
    input: z.strictObject({ enrollmentId: id, expectedVersion: version }),
    async run({ enrollmentId, expectedVersion }, tx: WriteContext<Database>) {
      const { courseId } = await enrollmentOf(tx, enrollmentId);
      await holdRoster(tx, courseRoster, courseId);
      const before = await enrollmentOf(tx, enrollmentId);
      requireVersion(before, expectedVersion);
      requireState('enrollmentId', before.state, ['ENROLLED', 'WAITLISTED'], stateNames);
      const [enrollment] = await tx.rows.courseEnrollment.updateManyAndReturn({
        where: { id: enrollmentId, version: expectedVersion },
        data: { state: 'WITHDRAWN', waitingNo: null, version: { increment: 1 } },
      });
      if (!enrollment) throw stale();
      await leavePlace(tx, courseRoster, courseId, before.state === 'WAITLISTED');
      return { enrollment };
    },
  }),

  recordLearning: mutation({
    name: 'recordLearning',
    input: z.strictObject({
      enrollmentId: id,
      learnedOn: day,
      hours: hours(mostHoursADay),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ enrollmentId, learnedOn, hours: learned }, tx: WriteContext<Database>) {
      await tx.lock(`learning ${enrollmentId}`);
      const before = await enrollmentOf(tx, enrollmentId);
      requireState('enrollmentId', before.state, ['ENROLLED'], stateNames);
      const course = await tx.all.course.findUniqueOrThrow({ where: { id: before.courseId } });
      const isTeacher = tx.subject.staffId !== undefined && before.handlers.includes(tx.subject.staffId);
      const isLearner = tx.subject.residentId === before.residentId;
      if (!isTeacher && (!isLearner || course.mode !== 'ONLINE')) {
        throw refuse(['enrollmentId'], 'NOT_ALLOWED', '学时由授课教师记录；只有线上课程可由本人记录。');
      }
      if (learnedOn < course.startsOn || isoDay(learnedOn) > today(tx.now)) {
        throw refuse(['learnedOn'], 'INVALID', '学习日期应在开课以后，且不晚于今天。');
      }
      const records = await tx.all.learningRecord.findMany({ where: { enrollmentId } });
      const sameDay = records.filter((record) => record.learnedOn.getTime() === learnedOn.getTime());
      if (sameDay.reduce((sum, record) => sum + record.hours, learned) > mostHoursADay) {
        throw refuse(['hours'], 'TOO_MANY', `同一天至多记 ${mostHoursADay} 学时。`);
      }
      const left = course.hours - before.hours;
      if (learned > left) throw refuse(['hours'], 'TOO_MANY', `这门课程还剩 ${left} 学时，请核对。`);
      const completed = learned === left;
      const [enrollment] = await tx.rows.courseEnrollment.updateManyAndReturn({
        where: { id: enrollmentId, version: before.version },
        data: {
          hours: before.hours + learned,
          version: { increment: 1 },
          ...(completed && { state: 'COMPLETED' as const }),
        },
      });
      if (!enrollment) throw refuse(['enrollmentId'], 'CONFLICT', '选课刚被修改，请刷新后重试。');
      const number = String(records.length + 1).padStart(4, '0');
      await tx.all.learningRecord.create({
        data: {
          id: `${enrollmentId}-${number}`,
          enrollmentId,
          learnedOn,
          hours: learned,
          recordedBy: isTeacher ? 'TEACHER' : 'LEARNER',
        },
      });
      if (completed) {
        const { id: courseId, communityCode } = course;
        await tx.emit({ type: 'CourseCompleted', key: courseId, data: { courseId, communityCode } });
      }
      return { enrollment };
    },
    made: ({ enrollment }) => enrollment.id,
    again: async (made, tx) => ({
      enrollment: await tx.all.courseEnrollment.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
};
