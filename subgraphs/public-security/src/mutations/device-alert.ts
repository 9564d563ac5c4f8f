import { id, idempotencyKey, instant } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { raiseAlert } from '../device-alerts.js';
import type { DeviceAlertKind, Resolvers } from '../generated/graphql.js';
import type { Writing } from '../writing.js';

/** How old an alert may be, and how far a device's clock may be ahead. */
const oldestMs = 24 * 3_600_000;
const aheadMs = 5 * 60_000;

export const deviceAlertMutations: Resolvers['Mutation'] = {
  raiseDeviceAlert: mutation({
    name: 'raiseDeviceAlert',
    input: z.strictObject({
      siteId: id,
      kind: z.custom<DeviceAlertKind>(),
      raisedAt: instant,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ siteId, kind, raisedAt }, tx: Writing) {
      const site = await tx.rows.surveillanceSite.findUnique({ where: { id: siteId } });
      if (!site) throw refuse(['siteId'], 'NOT_FOUND', '没有这个点位，或不在您的辖区。');
      const age = tx.now.getTime() - raisedAt.getTime();
      if (age < -aheadMs || age > oldestMs) {
        throw refuse(['raisedAt'], 'INVALID', '告警时间须不晚于现在，不早于 24 小时之前，请核对设备时钟。');
      }
      return { alert: await raiseAlert(tx, site, kind, raisedAt) };
    },
    made: ({ alert }) => alert.id,
    again: async (id, tx) => ({ alert: await tx.all.deviceAlert.findUniqueOrThrow({ where: { id } }) }),
  }),
};
