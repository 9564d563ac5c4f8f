import { randomUUID } from 'node:crypto';
import { id, idempotencyKey, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Database } from '../database.js';
import type { ActivityRegistrationState, Resolvers } from '../generated/graphql.js';
import { minorUntilOf } from '../minor-until.js';
import { communityTeacher } from '../posts.js';
import { activityRoster, holdRoster, leavePlace, takePlace } from '../queries/roster.js';
import { notFound, requireState, requireVersion, stale } from './checks.js';

const stateNames: Record<ActivityRegistrationState, string> = {
  SIGNED_UP: '已报名',
  WAITLISTED: '候补',
  WITHDRAWN: '已退出',
};

async function registrationOf(tx: WriteContext<Database>, registrationId: string) {
  const registration = await tx.rows.activityRegistration.findUnique({ where: { id: registrationId } });
  if (!registration) throw notFound('registrationId', '条报名');
  return registration;
}

/** Signing up for an activity, and leaving it. */
export const activityRegistrationMutations: Resolvers['Mutation'] = {
  signUpActivity: mutation({
    name: 'signUpActivity',
    input: z.strictObject({ activityId: id, residentId: id, idempotencyKey: idempotencyKey.nullish() }),
    async run({ activityId, residentId }, tx: WriteContext<Database>) {
      tx.requireRelation(['residentId'], { subject: residentId });
      await holdRoster(tx, activityRoster, activityId);
      const activity = await tx.all.activity.findUnique({ where: { id: activityId } });
      if (!activity) throw refuse(['activityId'], 'NOT_FOUND', '没有这项活动，请重新选择。');
      if (activity.state === 'CANCELLED') throw refuse(['activityId'], 'CLOSED', '活动已取消，请选择其他活动。');
      if (activity.startsAt <= tx.now) throw refuse(['activityId'], 'CLOSED', '活动已经开始，请选择以后的活动。');
      const before = await tx.all.activityRegistration.findUnique({
        where: { residentId_activityId: { residentId, activityId } },
      });
      if (before && before.state !== 'WITHDRAWN') {
        throw refuse(['activityId'], 'DUPLICATE', `已报过这项活动，现为“${stateNames[before.state]}”。`);
      }
      const { waitingNo, last } = await takePlace(tx, activityRoster, activityId);
      const { communityCode, capacity } = activity;
      const entry = {
        state: waitingNo === null ? ('SIGNED_UP' as const) : ('WAITLISTED' as const),
        waitingNo,
        signedUpAt: tx.now,
        communityCode,
        handlers: [communityTeacher(communityCode)],
        minorUntil: await minorUntilOf(tx, residentId),
      };
      const registration = before
        ? await tx.all.activityRegistration.update({
            where: { id: before.id },
            data: { ...entry, version: { increment: 1 } },
          })
        : await tx.all.activityRegistration.create({ data: { id: randomUUID(), activityId, residentId, ...entry } });
      if (last) {
        await tx.emit({ type: 'ActivityFull', key: activityId, data: { activityId, communityCode, capacity } });
      }
      return { registration };
    },
    made: ({ registration }) => registration.id,
    again: async (made, tx) => ({
      registration: await tx.all.activityRegistration.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),

  withdrawActivity: mutation({
    name: 'withdrawActivity',
    input: z.strictObject({ registrationId: id, expectedVersion: version }),
    async run({ registrationId, expectedVersion }, tx: WriteContext<Database>) {
      const { activityId } = await registrationOf(tx, registrationId);
      await holdRoster(tx, activityRoster, activityId);
      const before = await registrationOf(tx, registrationId);
      requireVersion(before, expectedVersion);
      requireState('registrationId', before.state, ['SIGNED_UP', 'WAITLISTED'], stateNames);
      const { startsAt } = await tx.all.activity.findUniqueOrThrow({ where: { id: activityId } });
      if (startsAt <= tx.now) throw refuse(['registrationId'], 'CLOSED', '活动已经开始，不能退出。');
      const [registration] = await tx.rows.activityRegistration.updateManyAndReturn({
        where: { id: registrationId, version: expectedVersion },
        data: { state: 'WITHDRAWN', waitingNo: null, version: { increment: 1 } },
      });
      if (!registration) throw stale();
      await leavePlace(tx, activityRoster, activityId, before.state === 'WAITLISTED');
      return { registration };
    },
  }),
};
