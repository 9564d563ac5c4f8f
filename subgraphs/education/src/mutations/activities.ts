import { randomUUID } from 'node:crypto';
import { communityCode, count, id, idempotencyKey, instant, text, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Database } from '../database.js';
import { addDays, timeOf, today, weekdayOf } from '../days.js';
import type { Resolvers } from '../generated/graphql.js';
import { communityTeacher } from '../posts.js';
import { notFound, requireVersion, stale } from './checks.js';

const longestMs = 12 * 3_600_000;

const scienceKinds = ['LECTURE', 'EXPERIMENT', 'MOBILE_MUSEUM', 'CARAVAN'] as const;
const kinds = [
  'CULTURE',
  'SPORTS',
  'READING',
  'SCIENCE',
  'FAMILY_EDUCATION',
  'FITNESS_GUIDANCE',
  'STUDY_TOUR',
] as const;

/** Whether a station, a library or a guidance point of this id is in the community. */
async function isHost(tx: WriteContext<Database>, hostId: string, code: string): Promise<boolean> {
  const where = { id: hostId, communityCode: code };
  const counts = await Promise.all([
    tx.all.familyEducationStation.count({ where }),
    tx.all.communityLibrary.count({ where }),
    tx.all.fitnessGuidancePoint.count({ where }),
  ]);
  return counts.some((found) => found > 0);
}

/** What is on in communities, once or every week. */
export const activityMutations: Resolvers['Mutation'] = {
  publishActivity: mutation({
    name: 'publishActivity',
    input: z
      .strictObject({
        communityCode,
        kind: z.enum(kinds),
        scienceKind: z.enum(scienceKinds).nullish(),
        title: text(60),
        description: text(500).nullish(),
        hostId: id.nullish(),
        facilityId: id.nullish(),
        startsAt: instant,
        endsAt: instant,
        capacity: count(1, 5000),
        feeCents: count(0, 1_000_000),
        weekly: z.boolean(),
        idempotencyKey: idempotencyKey.nullish(),
      })
      .refine(({ kind, scienceKind }) => (kind === 'SCIENCE') === (scienceKind != null), {
        path: ['scienceKind'],
        error: '科普活动须填写科普类型，其他活动不填。',
      })
      .refine(({ startsAt, endsAt }) => endsAt > startsAt && endsAt.getTime() - startsAt.getTime() <= longestMs, {
        path: ['endsAt'],
        error: '结束时间应晚于开始时间，且至多 12 小时以后。',
      }),
    async run({ weekly, communityCode: code, idempotencyKey: _, ...input }, tx: WriteContext<Database>) {
      tx.requireRelation(['communityCode'], { community: code, assigned: communityTeacher(code) });
      const { startsAt, endsAt } = input;
      if (startsAt <= tx.now) throw refuse(['startsAt'], 'INVALID', '开始时间应在将来。');
      if (weekly && input.kind === 'SCIENCE') {
        throw refuse(['weekly'], 'INVALID', '科普活动逐次发布，不能每周重复。');
      }
      if (input.hostId != null && !(await isHost(tx, input.hostId, code))) {
        throw refuse(['hostId'], 'NOT_FOUND', '本社区没有这个站点、图书馆或服务点，请重新选择。');
      }
      const { title, kind, capacity, feeCents } = input;
      const where = {
        title,
        kind,
        capacity,
        feeCents,
        communityCode: code,
        description: input.description ?? null,
        facilityId: input.facilityId ?? null,
        hostId: input.hostId ?? null,
      };
      const seriesId = weekly ? `series-${randomUUID()}` : null;
      if (seriesId !== null) {
        const firstOn = today(startsAt);
        await tx.all.activitySeries.create({
          data: {
            ...where,
            id: seriesId,
            weekday: weekdayOf(firstOn),
            startsAt: timeOf(startsAt),
            minutes: Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000),
            firstOn: new Date(firstOn),
          },
        });
      }
      const activity = await tx.all.activity.create({
        data: {
          ...where,
          id: seriesId === null ? `activity-${code}-${randomUUID()}` : `${seriesId}-${today(startsAt)}`,
          seriesId,
          startsAt,
          endsAt,
          scienceKind: input.scienceKind ?? null,
        },
      });
      await tx.emit({
        type: 'ActivityPublished',
        key: activity.id,
        data: { activityId: activity.id, communityCode: code, kind, weekly },
      });
      return { activity };
    },
    made: ({ activity }) => activity.id,
    again: async (made, tx) => ({ activity: await tx.all.activity.findUniqueOrThrow({ where: { id: made } }) }),
  }),

  cancelActivity: mutation({
    name: 'cancelActivity',
    input: z.strictObject({ activityId: id, andFollowing: z.boolean(), expectedVersion: version }),
    async run({ activityId, andFollowing, expectedVersion }, tx: WriteContext<Database>) {
      const before = await tx.rows.activity.findUnique({ where: { id: activityId } });
      if (!before) throw notFound('activityId', '项活动');
      requireVersion(before, expectedVersion);
      if (before.state === 'CANCELLED') throw refuse(['activityId'], 'WRONG_STATE', '活动已经取消。');
      if (before.endsAt <= tx.now) throw refuse(['activityId'], 'CLOSED', '活动已经结束，不能取消。');
      const cancelled = { state: 'CANCELLED' as const, version: { increment: 1 } };
      const [activity] = await tx.rows.activity.updateManyAndReturn({
        where: { id: activityId, version: expectedVersion },
        data: cancelled,
      });
      if (!activity) throw stale();
      const { seriesId, startsAt, communityCode: code } = activity;
      if (andFollowing && seriesId !== null) {
        await tx.all.activitySeries.update({
          where: { id: seriesId },
          data: { lastOn: new Date(addDays(today(startsAt), -1)) },
        });
        await tx.rows.activity.updateMany({
          where: { seriesId, startsAt: { gt: startsAt }, state: 'OPEN' },
          data: cancelled,
        });
      }
      await tx.emit({ type: 'ActivityCancelled', key: activityId, data: { activityId, communityCode: code } });
      return { activity };
    },
  }),
};
