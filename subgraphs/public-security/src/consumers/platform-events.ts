import type { Consumers } from '@linli/kit/events/inbox';
import { z } from 'zod';
import type { Database } from '../database.js';
import { isAlertKind, raiseAlert } from '../device-alerts.js';
import type { DeviceAlertKind, GridEventKind } from '../generated/prisma/client.js';
import { findCell, openEvent } from '../grid-course.js';
import { gridEventKinds } from '../grid-event-kinds.js';

/** What events are called that another platform reports without words of its own. */
const titles: Record<GridEventKind, string> = {
  FIRE_HAZARD: '消防隐患',
  POWER_AND_GAS: '用电用气隐患',
  PUBLIC_ORDER: '治安隐患',
  DISPUTE: '矛盾纠纷',
  CROWDED_PLACE: '人员密集场所隐患',
  PUBLIC_WORKS: '市政设施损坏',
  ENVIRONMENT: '市容环境',
  WATER_AND_SLOPE: '积水与地质隐患',
};

const reported = z.object({
  id: z.string(),
  community: z.string(),
  kind: z.custom<GridEventKind>((kind) => typeof kind === 'string' && Object.hasOwn(gridEventKinds, kind)),
  gridCode: z.string().optional(),
});
const raised = z.object({
  siteId: z.string(),
  kind: z.custom<DeviceAlertKind>(isAlertKind),
  occurredAt: z.iso.datetime({ offset: true }),
});

/**
 * What the city's platforms (深平安) report becomes events of the grid, each once. What cannot be read is put aside by the
 * inbox; alerts of devices that are not among the police's, such as lifts, are others' matter.
 */
export const platformEvents: Consumers<Database> = {
  'connectors.GridEventReported': async ({ data }, tx) => {
    const { id: externalNo, community: communityCode, kind, gridCode: named } = reported.parse(data);
    const cell = (await findCell(tx, communityCode, named)) ?? (await findCell(tx, communityCode, undefined));
    const finding = { kind, title: `平安深圳平台推送：${titles[kind]}`, communityCode, externalNo };
    await openEvent(tx, { ...finding, source: 'CITY_PLATFORM', gridCode: cell!.code }, null);
  },
  'connectors.DeviceAlertRaised': async ({ data }, tx) => {
    const alert = raised.safeParse(data);
    if (!alert.success) return;
    const { siteId, kind, occurredAt } = alert.data;
    const site = await tx.all.surveillanceSite.findUnique({ where: { id: siteId } });
    if (site) await raiseAlert(tx, site, kind, new Date(occurredAt));
  },
};
