import { count, day, id, idempotencyKey, instant, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { HomeCareState, Resolvers } from '../generated/graphql.js';
import type { HomeCareOrder, Prisma } from '../generated/prisma/client.js';
import { ElderCareMode, HomeCareService } from '../generated/prisma/enums.js';
import { newId, newTimeId } from '../new-id.js';
import { dayIn, daysFrom } from '../shenzhen-day.js';
import { handlersFor } from '../welfare-cases.js';
import { servedElder } from './elder-profiles.js';
import { changed, found, requireState, requireVersion, type Tx } from './write.js';

const states: Record<HomeCareState, string> = {
  ORDERED: '已预约',
  DISPATCHED: '已派单',
  DONE: '已完成',
  CANCELLED: '已取消',
};

/** Days ahead that care is booked for at most; a default of this hub. */
const bookableDays = 60;

const versioned = { id, expectedVersion: version };

async function advance(
  tx: Tx,
  input: { id: string; expectedVersion: number },
  from: readonly HomeCareState[],
  doing: string,
  data: Prisma.HomeCareOrderUpdateManyMutationInput,
): Promise<HomeCareOrder> {
  const order = found(await tx.rows.homeCareOrder.findUnique({ where: { id: input.id } }));
  requireVersion(order, input.expectedVersion);
  requireState(order.state, from, states, doing);
  const rows = await tx.rows.homeCareOrder.updateManyAndReturn({
    where: { id: order.id, version: order.version },
    data: { ...data, version: { increment: 1 } },
  });
  return changed(rows);
}

/** Who goes to an old resident's home: a site of elder care, or a domestic-service company. */
async function providerOf(tx: Tx, siteId: string | null | undefined, companyId: string | null | undefined) {
  if ((siteId == null) === (companyId == null)) {
    throw refuse(null, 'INVALID', '养老设施与家政企业请填一个，且只填一个。');
  }
  if (siteId != null) found(await tx.all.elderSite.findUnique({ where: { id: siteId } }), 'siteId');
  if (companyId != null) found(await tx.all.domesticCompany.findUnique({ where: { id: companyId } }), 'companyId');
  return { siteId: siteId ?? null, companyId: companyId ?? null };
}

/** Care of old residents in places and at home. */
export const elderServiceMutations: Resolvers['Mutation'] = {
  enrolInDayCare: mutation({
    name: 'enrolInDayCare',
    input: z.strictObject({
      residentId: id,
      siteId: id,
      mode: z.enum(ElderCareMode),
      from: day,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: refuse(['siteId'], 'DUPLICATE', '这位老年人已在这处设施登记，请先结束原来的照料。'),
    async run({ residentId, siteId, mode, from }, tx: Tx) {
      const resident = await servedElder(tx, residentId);
      const ahead = daysFrom(dayIn(tx.now), from);
      if (ahead < 0 || ahead > bookableDays) {
        throw refuse(['from'], 'INVALID', `开始日期须在今天起 ${bookableDays} 日之内，请重新填写。`);
      }
      const site = found(await tx.all.elderSite.findUnique({ where: { id: siteId } }), 'siteId');
      if (!site.modes.includes(mode)) throw refuse(['mode'], 'INVALID', '这处设施不提供这种照料方式，请另选。');
      const places = await tx.all.elderPlaces.updateMany({
        where: { siteId, mode, taken: { lt: tx.all.elderPlaces.fields.capacity } },
        data: { taken: { increment: 1 } },
      });
      if (places.count === 0) throw refuse(['siteId'], 'FULL', '名额已满，请改日再试或另选设施。');
      const enrolment = await tx.all.dayCareEnrolment.create({
        data: {
          id: newId('d'),
          residentId,
          siteId,
          mode,
          from,
          communityCode: site.communityCode,
          openKey: `${residentId} ${siteId}`,
          handlers: handlersFor(resident),
        },
      });
      const data = { in: 'DAY_CARE', siteId, mode, communityCode: site.communityCode };
      await tx.emit({ type: 'ElderEnrolled', key: enrolment.id, data });
      return { enrolment };
    },
    made: ({ enrolment }) => enrolment.id,
    again: async (made, tx) => ({
      enrolment: await tx.all.dayCareEnrolment.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),
  endDayCare: mutation({
    name: 'endDayCare',
    input: z.strictObject(versioned),
    async run(input, tx: Tx) {
      const before = found(await tx.rows.dayCareEnrolment.findUnique({ where: { id: input.id } }));
      requireVersion(before, input.expectedVersion);
      if (before.until !== null) throw refuse(null, 'WRONG_STATE', '照料已经结束，无须再办。');
      const today = dayIn(tx.now);
      const rows = await tx.rows.dayCareEnrolment.updateManyAndReturn({
        where: { id: before.id, version: before.version },
        // Care that has not begun ends on the day on which it would have.
        data: { until: before.from > today ? before.from : today, openKey: null, version: { increment: 1 } },
      });
      const enrolment = changed(rows);
      await tx.all.elderPlaces.updateMany({
        where: { siteId: enrolment.siteId, mode: enrolment.mode },
        data: { taken: { decrement: 1 } },
      });
      return { enrolment };
    },
  }),
  orderHomeCare: mutation({
    name: 'orderHomeCare',
    input: z.strictObject({
      residentId: id,
      service: z.enum(HomeCareService),
      at: instant,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: refuse(['at'], 'DUPLICATE', '同一时间的同一项服务已经预约，请换一个时间。'),
    async run({ residentId, service, at }, tx: Tx) {
      const resident = await servedElder(tx, residentId);
      if (at <= tx.now || daysFrom(dayIn(tx.now), dayIn(at)) > bookableDays) {
        throw refuse(['at'], 'INVALID', `上门时间须在今后 ${bookableDays} 日之内，请重新填写。`);
      }
      const order = await tx.all.homeCareOrder.create({
        data: {
          id: newTimeId('o', tx.now),
          residentId,
          service,
          at,
          state: 'ORDERED',
          communityCode: resident.communityCode,
          openKey: `${residentId} ${service} ${at.toISOString()}`,
          handlers: handlersFor(resident),
        },
      });
      return { order };
    },
    made: ({ order }) => order.id,
    again: async (made, tx) => ({ order: await tx.all.homeCareOrder.findUniqueOrThrow({ where: { id: made } }) }),
  }),
  dispatchHomeCare: mutation({
    name: 'dispatchHomeCare',
    input: z.strictObject({ ...versioned, siteId: id.nullish(), companyId: id.nullish() }),
    async run(input, tx: Tx) {
      const provider = await providerOf(tx, input.siteId, input.companyId);
      const data = { state: 'DISPATCHED', ...provider } as const;
      return { order: await advance(tx, input, ['ORDERED', 'DISPATCHED'], '派单', data) };
    },
  }),
  completeHomeCare: mutation({
    name: 'completeHomeCare',
    input: z.strictObject({ ...versioned, minutes: count(1, 720) }),
    async run(input, tx: Tx) {
      const data = { state: 'DONE', minutes: input.minutes, openKey: null } as const;
      return { order: await advance(tx, input, ['DISPATCHED'], '记为完成', data) };
    },
  }),
  cancelHomeCare: mutation({
    name: 'cancelHomeCare',
    input: z.strictObject(versioned),
    async run(input, tx: Tx) {
      const data = { state: 'CANCELLED', openKey: null } as const;
      return { order: await advance(tx, input, ['ORDERED', 'DISPATCHED'], '取消', data) };
    },
  }),
};
