import { randomUUID } from 'node:crypto';
import { id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { MentalHealthReferralState, Resolvers } from '../generated/graphql.js';
import { lapsesOf } from '../professional-standing.js';
import { dayOf } from '../today.js';
import { recordOf, scopeOf } from './patient.js';
import { missing, partId, stale, updated, type Tx } from './transaction.js';

/** Where a referral can go from each state. */
const next: Readonly<Record<MentalHealthReferralState, readonly MentalHealthReferralState[]>> = {
  REFERRED: ['RECEIVED', 'CLOSED'],
  RECEIVED: ['RETURNED', 'CLOSED'],
  RETURNED: ['REFERRED', 'CLOSED'],
  CLOSED: [],
};

const names: Readonly<Record<MentalHealthReferralState, string>> = {
  REFERRED: '已转出，待接收',
  RECEIVED: '已接收',
  RETURNED: '转回社区随访',
  CLOSED: '已结束',
};

const alreadyOpen = refuse(['residentId'], 'DUPLICATE', '已有未结束的转介，一人同时只有一项；请在原转介上推进。');

/** Whoever is put in charge is of the talent pool and in good standing today, and stays so until this is written. */
async function requireAssignable(tx: Tx, professionalId: string): Promise<void> {
  await tx.lock(`mental-health-professional/${professionalId}`);
  const professional = await tx.all.mentalHealthProfessional.findUnique({ where: { id: professionalId } });
  if (!professional) throw refuse(['professionalId'], 'NOT_FOUND', '心理服务人才库中没有此人，请重新选择。');
  const lapses = lapsesOf(professional, dayOf(tx.now));
  if (lapses.length === 0) return;
  const message = `此人${lapses.join('、')}，不能接受转介；请选择证书、督导与继续教育均在有效期内的人员。`;
  throw refuse(['professionalId'], 'NOT_ALLOWED', message);
}

async function step(tx: Tx, referralId: string, state: MentalHealthReferralState, note: string): Promise<void> {
  const number = (await tx.all.mentalHealthReferralStep.count({ where: { referralId } })) + 1;
  // Referrals are opened and moved by those to whom they are assigned, and these are staff.
  const staffId = tx.subject.staffId!;
  await tx.all.mentalHealthReferralStep.create({
    data: { id: partId(referralId, number), referralId, number, state, at: tx.now, staffId, note },
  });
}

/** Referrals for mental health. The events say that there is one, and nothing of whom it is about. */
export const referralMutations: Resolvers['Mutation'] = {
  openReferral: mutation({
    name: 'openReferral',
    input: z.strictObject({
      residentId: id,
      screeningId: id.nullish(),
      professionalId: id,
      toInstitution: text(100),
      note: text(1000),
      consent: z.boolean(),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: alreadyOpen,
    async run(input, tx: Tx) {
      const { residentId, professionalId } = input;
      const record = await recordOf(tx, residentId);
      if (!input.consent) {
        throw refuse(['consent'], 'NOT_ALLOWED', '转介须经本人或监护人同意，请取得同意后再发起。');
      }
      const screening = await tx.all.mentalHealthScreening.findFirst({
        where: { residentId, ...(input.screeningId != null && { id: input.screeningId }) },
        orderBy: [{ screenedOn: 'desc' }, { id: 'desc' }],
      });
      if (!screening) throw refuse(['screeningId'], 'NOT_FOUND', '没有这位居民的筛查，请先完成心理健康筛查。');
      await requireAssignable(tx, professionalId);
      const referral = await tx.all.mentalHealthReferral.create({
        data: {
          ...scopeOf(record),
          id: randomUUID(),
          openResidentId: residentId,
          risk: screening.risk,
          screeningId: screening.id,
          fromFacilityId: record.facilityId,
          toInstitution: input.toInstitution,
          professionalId,
          state: 'REFERRED',
          referredOn: dayOf(tx.now),
          handlers: [...new Set([...record.handlers, professionalId])],
        },
      });
      await step(tx, referral.id, 'REFERRED', input.note);
      const data = { referralId: referral.id, facilityId: referral.fromFacilityId, state: referral.state };
      await tx.emit({ type: 'ReferralOpened', key: referral.id, data });
      return { referral };
    },
    made: ({ referral }) => referral.id,
    again: async (made, tx) => ({
      referral: await tx.all.mentalHealthReferral.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
  moveReferral: mutation({
    name: 'moveReferral',
    input: z.strictObject({
      id,
      state: z.enum(['REFERRED', 'RECEIVED', 'RETURNED', 'CLOSED']),
      professionalId: id.nullish(),
      note: text(1000),
      expectedVersion: version,
    }),
    async run(input, tx: Tx) {
      const { id: wanted, state, expectedVersion } = input;
      const before = await tx.rows.mentalHealthReferral.findUnique({ where: { id: wanted } });
      if (!before) throw missing('id', '项转介');
      if (!next[before.state].includes(state)) {
        const possible = next[before.state].map((each) => `“${names[each]}”`).join('、') || '没有可推进的状态';
        throw refuse(['state'], 'WRONG_STATE', `当前为“${names[before.state]}”，可推进到：${possible}。`);
      }
      if (before.version !== expectedVersion) throw stale();
      const professionalId = input.professionalId ?? before.professionalId;
      const reassigned = professionalId !== null && professionalId !== before.professionalId;
      if (reassigned) await requireAssignable(tx, professionalId);
      const others = before.handlers.filter((handler) => handler !== before.professionalId);
      const changed = await tx.rows.mentalHealthReferral.updateManyAndReturn({
        where: { id: wanted, version: expectedVersion },
        data: {
          state,
          professionalId,
          ...(reassigned && { handlers: [...new Set([...others, professionalId])] }),
          ...(state === 'CLOSED' && { openResidentId: null }),
          version: { increment: 1 },
        },
      });
      const referral = updated(changed);
      await step(tx, wanted, state, input.note);
      await tx.emit({ type: 'ReferralMoved', key: wanted, data: { referralId: wanted, state } });
      return { referral };
    },
  }),
};
