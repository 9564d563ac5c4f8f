import { randomUUID } from 'node:crypto';
import { id, idempotencyKey, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Database } from '../database.js';
import type { AfterSchoolEnrollmentState, Resolvers } from '../generated/graphql.js';
import { minorUntilOf } from '../minor-until.js';
import { communityTeacher } from '../posts.js';
import { holdRoster, leavePlace, programmeRoster, takePlace } from '../queries/roster.js';
import { notFound, requireState, requireVersion, stale } from './checks.js';

const stateNames: Record<AfterSchoolEnrollmentState, string> = {
  ENROLLED: '已报名',
  WAITLISTED: '候补',
  WITHDRAWN: '已退出',
};

async function enrollmentOf(tx: WriteContext<Database>, enrollmentId: string) {
  const enrollment = await tx.rows.afterSchoolEnrollment.findUnique({ where: { id: enrollmentId } });
  if (!enrollment) throw notFound('enrollmentId', '条报名');
  return enrollment;
}

/** Children's places in care after lessons and in summer. */
export const afterSchoolMutations: Resolvers['Mutation'] = {
  enrolAfterSchool: mutation({
    name: 'enrolAfterSchool',
    input: z.strictObject({ programmeId: id, residentId: id, idempotencyKey: idempotencyKey.nullish() }),
    async run({ programmeId, residentId }, tx: WriteContext<Database>) {
      tx.requireRelation(['residentId'], { subject: residentId });
      await holdRoster(tx, programmeRoster, programmeId);
      const programme = await tx.all.afterSchoolProgramme.findUnique({ where: { id: programmeId } });
      if (!programme) throw refuse(['programmeId'], 'NOT_FOUND', '没有这个项目，请重新选择。');
      const placement = await tx.all.schoolPlacement.findUnique({ where: { residentId } });
      // Summer care is for the children of the neighbourhood; what a school offers in terms is for its pupils.
      if (
        programme.kind !== 'SUMMER_CARE' &&
        (placement?.schoolId !== programme.schoolId || placement.state !== 'ENROLLED')
      ) {
        throw refuse(['residentId'], 'NOT_ALLOWED', '课后服务只面向举办学校的在读学生，请选择孩子就读学校的项目。');
      }
      const before = await tx.all.afterSchoolEnrollment.findUnique({
        where: { residentId_programmeId: { residentId, programmeId } },
      });
      if (before && before.state !== 'WITHDRAWN') {
        throw refuse(['programmeId'], 'DUPLICATE', `孩子已报过这个项目，现为“${stateNames[before.state]}”。`);
      }
      const { waitingNo, last } = await takePlace(tx, programmeRoster, programmeId);
      const { communityCode, places } = programme;
      const entry = {
        state: waitingNo === null ? ('ENROLLED' as const) : ('WAITLISTED' as const),
        waitingNo,
        enrolledAt: tx.now,
        communityCode,
        handlers: [...new Set([communityTeacher(communityCode), ...(placement?.handlers ?? [])])],
        minorUntil: await minorUntilOf(tx, residentId),
      };
      const enrollment = before
        ? await tx.all.afterSchoolEnrollment.update({
            where: { id: before.id },
            data: { ...entry, version: { increment: 1 } },
          })
        : await tx.all.afterSchoolEnrollment.create({ data: { id: randomUUID(), programmeId, residentId, ...entry } });
      if (last) {
        await tx.emit({ type: 'AfterSchoolFull', key: programmeId, data: { programmeId, communityCode, places } });
      }
      return { enrollment };
    },
    made: ({ enrollment }) => enrollment.id,
    again: async (made, tx) => ({
      enrollment: await tx.all.afterSchoolEnrollment.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),

  withdrawAfterSchool: mutation({
    name: 'withdrawAfterSchool',
    input: z.strictObject({ enrollmentId: id, expectedVersion: version }),
    async run({ enrollmentId, expectedVersion }, tx: WriteContext<Database>) {
      const { programmeId } = await enrollmentOf(tx, enrollmentId);
      await holdRoster(tx, programmeRoster, programmeId);
      const before = await enrollmentOf(tx, enrollmentId);
      requireVersion(before, expectedVersion);
      requireState('enrollmentId', before.state, ['ENROLLED', 'WAITLISTED'], stateNames);
      const [enrollment] = await tx.rows.afterSchoolEnrollment.updateManyAndReturn({
        where: { id: enrollmentId, version: expectedVersion },
        data: { state: 'WITHDRAWN', waitingNo: null, version: { increment: 1 } },
      });
      if (!enrollment) throw stale();
      await leavePlace(tx, programmeRoster, programmeId, before.state === 'WAITLISTED');
      return { enrollment };
    },
  }),
};
