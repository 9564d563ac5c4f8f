import { communityWorkerOfCase } from '@linli/kit/population/staff';
import { id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { MediationKind, MediationState, Resolvers } from '../generated/graphql.js';
import type { Mediation } from '../generated/prisma/client.js';
import { newId } from '../new-id.js';
import { shenzhenDay } from '../shenzhen-day.js';
import { changed, type Writing } from '../writing.js';

/** To which states a mediation may go on. */
const next: Record<MediationState, readonly MediationState[]> = {
  REQUESTED: ['ACCEPTED'],
  ACCEPTED: ['SETTLED', 'FAILED'],
  SETTLED: [],
  FAILED: [],
  WITHDRAWN: [],
};
const names: Record<MediationState, string> = {
  REQUESTED: '已申请',
  ACCEPTED: '已受理',
  SETTLED: '已达成协议',
  FAILED: '未达成协议',
  WITHDRAWN: '已撤回',
};

async function mediationOf(tx: Writing, { id, expectedVersion }: { id: string; expectedVersion: number }) {
  const mediation = await tx.rows.mediation.findUnique({ where: { id } });
  if (!mediation) throw refuse(['id'], 'NOT_FOUND', '没有这件调解，或不归您办理。');
  if (mediation.version !== expectedVersion) throw changed();
  return mediation;
}

async function moveTo(tx: Writing, seen: Mediation, to: MediationState, agreement: string | null): Promise<Mediation> {
  const [mediation] = await tx.all.mediation.updateManyAndReturn({
    where: { id: seen.id, version: seen.version },
    data: {
      state: to,
      agreement,
      concludedOn: next[to].length === 0 ? shenzhenDay(tx.now) : null,
      version: seen.version + 1,
    },
  });
  if (!mediation) throw changed();
  const { id, kind, communityCode } = mediation;
  await tx.emit({ type: 'MediationMoved', key: id, data: { id, kind, from: seen.state, to, communityCode } });
  return mediation;
}

export const mediationMutations: Resolvers['Mutation'] = {
  requestMediation: mutation({
    name: 'requestMediation',
    input: z.strictObject({
      residentId: id,
      kind: z.custom<MediationKind>(),
      matter: text(1000),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ residentId, kind, matter }, tx: Writing) {
      tx.requireRelation(['residentId'], { subject: residentId });
      const registered = await tx.all.populationRegistration.findUnique({ where: { residentId } });
      if (!registered) throw refuse(['residentId'], 'NOT_FOUND', '没有居住登记，请向居住地的居（村）民委员会申请。');
      const { communityCode, minorUntil } = registered;
      const mediation = await tx.all.mediation.create({
        data: {
          id: newId('m'),
          kind,
          state: 'REQUESTED',
          requestedAt: tx.now,
          matter,
          requesterId: residentId,
          communityCode,
          handlers: [communityWorkerOfCase(communityCode, residentId)],
          minorUntil,
        },
      });
      const data = { id: mediation.id, kind, communityCode };
      await tx.emit({ type: 'MediationRequested', key: mediation.id, data });
      return { mediation };
    },
    made: ({ mediation }) => mediation.id,
    again: async (id, tx) => ({ mediation: await tx.all.mediation.findUniqueOrThrow({ where: { id } }) }),
  }),

  withdrawMediation: mutation({
    name: 'withdrawMediation',
    input: z.strictObject({ id, expectedVersion: version }),
    async run(input, tx: Writing) {
      const seen = await mediationOf(tx, input);
      if (next[seen.state].length === 0) {
        throw refuse(['id'], 'WRONG_STATE', `调解的状态为“${names[seen.state]}”，已结束的不能撤回。`);
      }
      return { mediation: await moveTo(tx, seen, 'WITHDRAWN', null) };
    },
  }),

  moveMediation: mutation({
    name: 'moveMediation',
    input: z.strictObject({
      id,
      expectedVersion: version,
      to: z.custom<MediationState>(),
      agreement: text(1000).nullish(),
    }),
    async run({ to, agreement, ...input }, tx: Writing) {
      const seen = await mediationOf(tx, input);
      const possible = next[seen.state];
      if (!possible.includes(to)) {
        const advice = possible.length ? `只能改为“${possible.map((state) => names[state]).join('”“')}”` : '已经结束';
        throw refuse(['to'], 'WRONG_STATE', `调解的状态为“${names[seen.state]}”，${advice}。`);
      }
      if (to === 'SETTLED' && agreement == null) {
        throw refuse(['agreement'], 'REQUIRED', '达成协议的，请填写协议的内容。');
      }
      if (to !== 'SETTLED' && agreement != null) {
        throw refuse(['agreement'], 'INVALID', '没有达成协议的，协议的内容请留空。');
      }
      return { mediation: await moveTo(tx, seen, to, agreement ?? null) };
    },
  }),
};
