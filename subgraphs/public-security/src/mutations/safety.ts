import { count, day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { FraudMethod, Resolvers, TrainingTopic } from '../generated/graphql.js';
import { datedId, newId } from '../new-id.js';
import { isPlace } from '../place-name.js';
import { daysLater, shenzhenDay } from '../shenzhen-day.js';
import { changed, type Writing } from '../writing.js';

const mostAttendees = 100_000;
const oldestDays = 365;

export const safetyMutations: Resolvers['Mutation'] = {
  publishFraudAlert: mutation({
    name: 'publishFraudAlert',
    input: z.strictObject({
      method: z.custom<FraudMethod>(),
      title: text(60),
      text: text(1000),
      place: z.string().refine(isPlace, { error: '没有这个地点，请核对区划代码前缀。' }),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ method, title, text: wording, place }, tx: Writing) {
      tx.requireRelation(['place'], { community: place });
      const alert = await tx.all.fraudAlert.create({
        data: { id: datedId('F', tx.now), method, title, text: wording, place, publishedAt: tx.now },
      });
      await tx.emit({ type: 'FraudWave', key: alert.id, data: { alertId: alert.id, method, place } });
      return { alert };
    },
    made: ({ alert }) => alert.id,
    again: async (id, tx) => ({ alert: await tx.all.fraudAlert.findUniqueOrThrow({ where: { id } }) }),
  }),

  withdrawFraudAlert: mutation({
    name: 'withdrawFraudAlert',
    input: z.strictObject({ id, expectedVersion: version }),
    async run({ id, expectedVersion }, tx: Writing) {
      const seen = await tx.all.fraudAlert.findUnique({ where: { id } });
      if (!seen || !tx.isRelated({ community: seen.place })) {
        throw refuse(['id'], 'NOT_FOUND', '没有这条反诈预警，或不归您发布。');
      }
      if (seen.withdrawnAt) throw refuse(['id'], 'WRONG_STATE', '反诈预警已撤下。');
      const [alert] = await tx.all.fraudAlert.updateManyAndReturn({
        where: { id, version: expectedVersion, withdrawnAt: null },
        data: { withdrawnAt: tx.now, version: expectedVersion + 1 },
      });
      if (!alert) throw changed();
      return { alert };
    },
  }),

  recordTeamTraining: mutation({
    name: 'recordTeamTraining',
    input: z.strictObject({
      teamId: id,
      topic: z.custom<TrainingTopic>(),
      heldOn: day,
      attendees: count(1, mostAttendees),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ teamId, topic, heldOn, attendees }, tx: Writing) {
      const team = await tx.rows.watchTeam.findUnique({ where: { id: teamId } });
      if (!team) throw refuse(['teamId'], 'NOT_FOUND', '没有这支队伍，或不在您的辖区。');
      const today = shenzhenDay(tx.now);
      if (heldOn > today || heldOn < daysLater(today, -oldestDays)) {
        throw refuse(['heldOn'], 'INVALID', '培训日期须不晚于今日，不早于一年之前。');
      }
      if (attendees > team.members) {
        throw refuse(['attendees'], 'INVALID', `队伍共 ${team.members} 人，参加人数不能更多。`);
      }
      const { communityCode } = team;
      const training = await tx.all.teamTraining.create({
        data: { id: newId('w'), topic, heldOn, attendees, teamId, communityCode },
      });
      return { training };
    },
    duplicate: refuse(['heldOn'], 'DUPLICATE', '该队伍当日已记录同一内容的培训，不再重复记录。'),
    made: ({ training }) => training.id,
    again: async (id, tx) => ({ training: await tx.all.teamTraining.findUniqueOrThrow({ where: { id } }) }),
  }),
};
