import { id, idempotencyKey, instant } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import type { DeviceAlertKind, GridEventKind, SurveillanceSite } from '../generated/prisma/client.js';
import { openEvent } from '../grid-course.js';
import { gridEventKinds } from '../grid-event-kinds.js';
import { datedId, newId } from '../new-id.js';
import type { Writing } from '../writing.js';

/** What each alert is an event of, and what it is called; never where the device is. */
const events: Record<DeviceAlertKind, { kind: GridEventKind; title: string }> = {
  SMOKE: { kind: 'FIRE_HAZARD', title: '烟感设备告警' },
  GAS_LEAK: { kind: 'POWER_AND_GAS', title: '燃气设备告警' },
  E_BIKE_INDOORS: { kind: 'POWER_AND_GAS', title: '电动自行车进楼告警' },
  INTRUSION: { kind: 'PUBLIC_ORDER', title: '闯入告警' },
  CROWD: { kind: 'CROWDED_PLACE', title: '人员聚集告警' },
  FALLING_OBJECT: { kind: 'PUBLIC_ORDER', title: '高空抛物告警' },
  FLOODING: { kind: 'WATER_AND_SLOPE', title: '积水告警' },
};
const hourInMs = 3_600_000;
/** How old an alert may be, and how far a device's clock may be ahead. */
const oldestMs = 24 * hourInMs;
const aheadMs = 5 * 60_000;

/** The open event that a site's alerts of a kind go into. */
async function openEventOf(tx: Writing, site: SurveillanceSite, kind: DeviceAlertKind) {
  const latest = await tx.all.deviceAlert.findFirst({
    where: { siteId: site.id, kind },
    orderBy: { raisedAt: 'desc' },
  });
  return latest && tx.all.gridEvent.findFirst({ where: { id: latest.eventId, stage: { not: 'ANALYSED' } } });
}

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
      await tx.lock(`alerts of ${siteId}`);
      const { communityCode } = site;
      let event = await openEventOf(tx, site, kind);
      if (!event) {
        const cell = await tx.all.gridCell.findFirstOrThrow({
          where: { communityCode, ...(site.gridCode && { code: site.gridCode }) },
          orderBy: { code: 'asc' },
        });
        const { kind: eventKind, title } = events[kind];
        const dueAt = new Date(tx.now.getTime() + gridEventKinds[eventKind].hours * hourInMs);
        event = await openEvent(
          tx,
          {
            id: datedId('E', tx.now),
            kind: eventKind,
            source: 'SENSOR',
            title,
            description: null,
            location: null,
            externalNo: null,
            reportedAt: tx.now,
            dueAt,
            escalateAt: dueAt,
            gridCode: cell.code,
            communityCode,
            leadUnit: null,
            jointUnits: [],
            reportedUnits: [],
            siteId,
            reporters: [],
            handlers: [],
          },
          null,
        );
      }
      const data = { id: newId('a'), kind, raisedAt, siteId, eventId: event.id, communityCode };
      return { alert: await tx.all.deviceAlert.create({ data }) };
    },
    made: ({ alert }) => alert.id,
    again: async (id, tx) => ({ alert: await tx.all.deviceAlert.findUniqueOrThrow({ where: { id } }) }),
  }),
};
