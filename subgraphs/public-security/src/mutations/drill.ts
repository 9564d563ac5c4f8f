import { communityCode, count, day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { EmergencyHazard, Resolvers } from '../generated/graphql.js';
import { newId } from '../new-id.js';
import { daysLater, shenzhenDay } from '../shenzhen-day.js';
import { changed, type Writing } from '../writing.js';

const mostParticipants = 100_000;
const oldestDays = 365;
const hazard = z.custom<EmergencyHazard>();

export const drillMutations: Resolvers['Mutation'] = {
  recordDrill: mutation({
    name: 'recordDrill',
    input: z.strictObject({
      communityCode,
      hazard,
      heldOn: day,
      participants: count(1, mostParticipants),
      summary: text(500),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ communityCode: community, hazard: against, heldOn, participants, summary }, tx: Writing) {
      tx.requireRelation(['communityCode'], { community });
      const today = shenzhenDay(tx.now);
      if (heldOn > today || heldOn < daysLater(today, -oldestDays)) {
        throw refuse(['heldOn'], 'INVALID', '演练日期须不晚于今日，不早于一年之前。');
      }
      const drill = await tx.all.emergencyDrill.create({
        data: { id: newId('d'), hazard: against, heldOn, participants, summary, communityCode: community },
      });
      await tx.all.emergencyPlan.updateMany({
        where: { communityCode: community, OR: [{ lastDrillOn: null }, { lastDrillOn: { lt: heldOn } }] },
        data: { lastDrillOn: heldOn },
      });
      const data = { drillId: drill.id, hazard: against, communityCode: community };
      await tx.emit({ type: 'DrillHeld', key: community, data });
      return { drill };
    },
    duplicate: refuse(['heldOn'], 'DUPLICATE', '本社区当日已记录同类演练，不再重复记录。'),
    made: ({ drill }) => drill.id,
    again: async (id, tx) => ({ drill: await tx.all.emergencyDrill.findUniqueOrThrow({ where: { id } }) }),
  }),

  reviseEmergencyPlan: mutation({
    name: 'reviseEmergencyPlan',
    input: z.strictObject({
      id,
      expectedVersion: version,
      hazards: z.array(hazard).min(1, { error: '请至少选择一种灾害或事故。' }),
      shelterId: id,
    }),
    async run({ id, expectedVersion, hazards, shelterId }, tx: Writing) {
      const seen = await tx.rows.emergencyPlan.findUnique({ where: { id } });
      if (!seen) throw refuse(['id'], 'NOT_FOUND', '没有这份预案，或不在您的辖区。');
      if (seen.version !== expectedVersion) throw changed();
      const shelter = await tx.all.emergencyShelter.findUnique({ where: { id: shelterId } });
      if (shelter?.communityCode !== seen.communityCode) {
        throw refuse(['shelterId'], 'INVALID', '首选避难场所须在本社区，请重新选择。');
      }
      const [plan] = await tx.all.emergencyPlan.updateManyAndReturn({
        where: { id, version: expectedVersion },
        data: {
          hazards: [...new Set(hazards)],
          shelterId,
          approvedOn: shenzhenDay(tx.now),
          version: expectedVersion + 1,
        },
      });
      if (!plan) throw changed();
      return { plan };
    },
  }),
};
