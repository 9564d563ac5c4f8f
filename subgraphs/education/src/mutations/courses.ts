import { randomUUID } from 'node:crypto';
import { communityCode, count, day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Database } from '../database.js';
import { today } from '../days.js';
import type { Resolvers } from '../generated/graphql.js';
import { communityTeacher } from '../posts.js';
import { notFound, requireVersion, stale } from './checks.js';
import { hours } from './hours.js';

const audience = z.enum(['EVERGREEN_UNIVERSITY', 'ELDER_UNIVERSITY', 'LIFELONG', 'YOUTH']);

/** The whole city, for what belongs to no place in it. */
const city = '4403';

/** What community schools teach, and what can be learned without them. */
export const courseMutations: Resolvers['Mutation'] = {
  publishCourse: mutation({
    name: 'publishCourse',
    input: z.strictObject({
      communityCode,
      title: text(60),
      description: text(500).nullish(),
      audience,
      mode: z.enum(['ONSITE', 'ONLINE']),
      seats: count(1, 1000),
      hours: count(1, 400),
      startsOn: day,
      endsOn: day,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ idempotencyKey: _, communityCode: code, ...fields }, tx: WriteContext<Database>) {
      tx.requireRelation(['communityCode'], { community: code, assigned: communityTeacher(code) });
      if (fields.startsOn.toISOString().slice(0, 10) < today(tx.now)) {
        throw refuse(['startsOn'], 'INVALID', '开课日期不能早于今天。');
      }
      if (fields.endsOn < fields.startsOn) throw refuse(['endsOn'], 'INVALID', '结课日期不能早于开课日期。');
      const school = await tx.all.communitySchool.findUnique({ where: { communityCode: code } });
      if (!school) throw refuse(['communityCode'], 'NOT_FOUND', '该社区没有社区学校，请核对社区代码。');
      const course = await tx.all.course.create({
        data: {
          ...fields,
          id: `course-${code}-${randomUUID()}`,
          schoolId: school.id,
          communityCode: code,
          enrolled: 0,
          description: fields.description ?? null,
        },
      });
      const { id: courseId, mode } = course;
      await tx.emit({
        type: 'CoursePublished',
        key: courseId,
        data: { courseId, communityCode: code, audience: course.audience, mode },
      });
      return { course };
    },
    made: ({ course }) => course.id,
    again: async (made, tx) => ({ course: await tx.all.course.findUniqueOrThrow({ where: { id: made } }) }),
  }),

  cancelCourse: mutation({
    name: 'cancelCourse',
    input: z.strictObject({ courseId: id, expectedVersion: version }),
    async run({ courseId, expectedVersion }, tx: WriteContext<Database>) {
      const before = await tx.rows.course.findUnique({ where: { id: courseId } });
      if (!before) throw notFound('courseId', '门课程');
      requireVersion(before, expectedVersion);
      if (before.state === 'CANCELLED') throw refuse(['courseId'], 'WRONG_STATE', '课程已经取消。');
      const [course] = await tx.rows.course.updateManyAndReturn({
        where: { id: courseId, version: expectedVersion },
        data: { state: 'CANCELLED', version: { increment: 1 } },
      });
      if (!course) throw stale();
      const { communityCode: code } = course;
      await tx.emit({ type: 'CourseCancelled', key: courseId, data: { courseId, communityCode: code } });
      return { course };
    },
  }),

  publishLearningResource: mutation({
    name: 'publishLearningResource',
    input: z.strictObject({
      title: text(60),
      kind: z.enum(['VIDEO', 'AUDIO', 'EBOOK', 'COURSEWARE']),
      audience,
      hours: hours(100),
      provider: text(60),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ idempotencyKey: _, ...fields }, tx: WriteContext<Database>) {
      tx.requireRelation(null, { community: city });
      const publishedOn = new Date(today(tx.now));
      const resource = await tx.all.learningResource.create({
        data: { ...fields, id: `learning-resource-${randomUUID()}`, publishedOn },
      });
      return { resource };
    },
    made: ({ resource }) => resource.id,
    again: async (made, tx) => ({
      resource: await tx.all.learningResource.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
};
