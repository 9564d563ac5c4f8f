import { count, id, idempotencyKey, instant, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { ageOn } from '../age.js';
import type { Resolvers, VolunteerProjectState } from '../generated/graphql.js';
import type { VolunteerProject } from '../generated/prisma/client.js';
import { VolunteerField } from '../generated/prisma/enums.js';
import { newId, newTimeId } from '../new-id.js';
import { dayIn } from '../shenzhen-day.js';
import { changed, found, requireState, requireVersion, servedResident, type Tx } from './write.js';

const states: Record<VolunteerProjectState, string> = { OPEN: '招募中', DONE: '已结束', CANCELLED: '已取消' };

const minuteMs = 60_000;
const longestHours = 12;
/** From this age on people register themselves; under it their guardians do (志愿服务条例, article 2; 民法典, article 19). */
const ownDecisionAge = 14;

function lengthOf({ startsAt, endsAt }: Pick<VolunteerProject, 'startsAt' | 'endsAt'>): number {
  return Math.round((endsAt.getTime() - startsAt.getTime()) / minuteMs);
}

/** Volunteers, the projects they sign up for, and the hours they served. */
export const volunteeringMutations: Resolvers['Mutation'] = {
  registerVolunteer: mutation({
    name: 'registerVolunteer',
    input: z.strictObject({
      residentId: id,
      fields: z.array(z.enum(VolunteerField)).min(1, { error: '请至少选一个服务领域。' }).max(8),
    }),
    duplicate: refuse(['residentId'], 'DUPLICATE', '已经是注册志愿者。'),
    async run({ residentId, fields }, tx: Tx) {
      const resident = await servedResident(tx, residentId);
      if (residentId === tx.subject.residentId && ageOn(resident.birthDate, tx.now) < ownDecisionAge) {
        throw refuse(['residentId'], 'NOT_ALLOWED', '不满十四周岁的由监护人注册，请监护人办理。');
      }
      const volunteer = await tx.all.volunteer.create({
        data: {
          id: newId('v'),
          residentId,
          communityCode: resident.communityCode,
          fields: [...new Set(fields)],
          registeredOn: dayIn(tx.now),
        },
      });
      return { volunteer };
    },
  }),
  openVolunteerProject: mutation({
    name: 'openVolunteerProject',
    input: z.strictObject({
      stationId: id,
      title: text(60),
      field: z.enum(VolunteerField),
      startsAt: instant,
      endsAt: instant,
      places: count(1, 1000),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run(input, tx: Tx) {
      const { stationId, title, field, startsAt, endsAt, places } = input;
      const station = found(await tx.all.volunteerStation.findUnique({ where: { id: stationId } }), 'stationId');
      const { communityCode } = station;
      tx.requireRelation(['stationId'], { community: communityCode });
      if (startsAt <= tx.now) throw refuse(['startsAt'], 'INVALID', '开始时间须在以后，请重新填写。');
      const length = lengthOf({ startsAt, endsAt });
      if (length < 1 || length > longestHours * 60) {
        throw refuse(['endsAt'], 'INVALID', `结束须晚于开始，且不超过 ${longestHours} 小时，请重新填写。`);
      }
      const project = await tx.all.volunteerProject.create({
        data: {
          id: newTimeId('p', tx.now),
          title,
          field,
          stationId,
          communityCode,
          startsAt,
          endsAt,
          places,
          state: 'OPEN',
        },
      });
      return { project };
    },
    made: ({ project }) => project.id,
    again: async (made, tx) => ({ project: await tx.all.volunteerProject.findUniqueOrThrow({ where: { id: made } }) }),
  }),
  cancelVolunteerProject: mutation({
    name: 'cancelVolunteerProject',
    input: z.strictObject({ id, expectedVersion: version }),
    async run(input, tx: Tx) {
      const project = found(await tx.all.volunteerProject.findUnique({ where: { id: input.id } }));
      tx.requireRelation(['id'], { community: project.communityCode });
      requireVersion(project, input.expectedVersion);
      requireState(project.state, ['OPEN'], states, '取消');
      if (project.startsAt <= tx.now) throw refuse(null, 'CLOSED', '项目已经开始，不能取消。');
      const rows = await tx.all.volunteerProject.updateManyAndReturn({
        where: { id: project.id, version: project.version },
        data: { state: 'CANCELLED', taken: 0, version: { increment: 1 } },
      });
      const cancelled = changed(rows);
      await tx.all.volunteerSignUp.updateMany({ where: { projectId: project.id }, data: { state: 'CANCELLED' } });
      return { project: cancelled };
    },
  }),
  signUpForVolunteering: mutation({
    name: 'signUpForVolunteering',
    input: z.strictObject({ projectId: id, residentId: id }),
    duplicate: refuse(['projectId'], 'DUPLICATE', '已经报名这个项目。'),
    async run({ projectId, residentId }, tx: Tx) {
      await servedResident(tx, residentId);
      const volunteer = await tx.all.volunteer.findUnique({ where: { residentId } });
      if (!volunteer) throw refuse(['residentId'], 'WRONG_STATE', '尚未注册志愿者，请先注册。');
      const project = found(await tx.all.volunteerProject.findUnique({ where: { id: projectId } }), 'projectId');
      if (project.state !== 'OPEN' || project.startsAt <= tx.now) {
        throw refuse(['projectId'], 'CLOSED', '这个项目已不再招募，请另选。');
      }
      const taken = await tx.all.volunteerProject.updateMany({
        where: { id: projectId, state: 'OPEN', taken: { lt: tx.all.volunteerProject.fields.places } },
        data: { taken: { increment: 1 } },
      });
      if (taken.count === 0) throw refuse(['projectId'], 'FULL', '报名人数已满，请另选项目。');
      const [again] = await tx.all.volunteerSignUp.updateManyAndReturn({
        where: { projectId, residentId, state: 'CANCELLED' },
        data: { state: 'SIGNED_UP' },
      });
      const { communityCode } = project;
      const made = { id: newTimeId('s', tx.now), projectId, residentId, communityCode, state: 'SIGNED_UP' } as const;
      return { signUp: again ?? (await tx.all.volunteerSignUp.create({ data: made })) };
    },
  }),
  cancelVolunteerSignUp: mutation({
    name: 'cancelVolunteerSignUp',
    input: z.strictObject({ id }),
    async run(input, tx: Tx) {
      const before = found(await tx.rows.volunteerSignUp.findUnique({ where: { id: input.id } }));
      const project = await tx.all.volunteerProject.findUniqueOrThrow({ where: { id: before.projectId } });
      if (project.startsAt <= tx.now) throw refuse(null, 'CLOSED', '项目已经开始，不能取消报名。');
      // The project first, as signing up does, so that nobody waits for somebody who waits for them.
      await tx.all.volunteerProject.updateMany({ where: { id: project.id }, data: { taken: { decrement: 1 } } });
      const [signUp] = await tx.rows.volunteerSignUp.updateManyAndReturn({
        where: { id: before.id, state: 'SIGNED_UP' },
        data: { state: 'CANCELLED' },
      });
      if (!signUp) throw refuse(null, 'WRONG_STATE', '这次报名已经取消或已签到，不能取消。');
      return { signUp };
    },
  }),
  checkInVolunteer: mutation({
    name: 'checkInVolunteer',
    input: z.strictObject({ id, minutes: count(1, longestHours * 60).nullish() }),
    async run(input, tx: Tx) {
      const before = found(await tx.rows.volunteerSignUp.findUnique({ where: { id: input.id } }));
      const project = await tx.all.volunteerProject.findUniqueOrThrow({ where: { id: before.projectId } });
      if (project.startsAt > tx.now) throw refuse(null, 'WRONG_STATE', '项目尚未开始，开始以后才能签到。');
      const longest = lengthOf(project);
      const minutes = input.minutes ?? longest;
      if (minutes > longest) throw refuse(['minutes'], 'INVALID', `服务时长不超过项目的 ${longest} 分钟，请核对。`);
      const [signUp] = await tx.rows.volunteerSignUp.updateManyAndReturn({
        where: { id: before.id, state: 'SIGNED_UP' },
        data: { state: 'CHECKED_IN', checkedInAt: tx.now, minutes },
      });
      if (!signUp) throw refuse(null, 'WRONG_STATE', '只有已报名、未签到的可以签到。');
      await tx.all.volunteer.updateMany({
        where: { residentId: signUp.residentId },
        data: { minutes: { increment: minutes } },
      });
      return { signUp };
    },
  }),
};
