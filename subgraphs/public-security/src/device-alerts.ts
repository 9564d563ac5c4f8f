import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from './database.js';
import type { DeviceAlert, DeviceAlertKind, GridEventKind, SurveillanceSite } from './generated/prisma/client.js';
import { findCell, openEvent } from './grid-course.js';
import { newId } from './new-id.js';

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

/** Whether a text names a kind of alert. */
export function isAlertKind(kind: unknown): kind is DeviceAlertKind {
  return typeof kind === 'string' && Object.hasOwn(events, kind);
}

/** The open event that a site's alerts of a kind go into. */
async function openEventOf(tx: SystemContext<Database>, siteId: string, kind: DeviceAlertKind) {
  const latest = await tx.all.deviceAlert.findFirst({ where: { siteId, kind }, orderBy: { raisedAt: 'desc' } });
  return latest && tx.all.gridEvent.findFirst({ where: { id: latest.eventId, stage: { not: 'ANALYSED' } } });
}

/** Writes an alert down, and opens an event for it unless one of the same site and kind is open. */
export async function raiseAlert(
  tx: SystemContext<Database>,
  { id: siteId, communityCode, gridCode }: SurveillanceSite,
  kind: DeviceAlertKind,
  raisedAt: Date,
): Promise<DeviceAlert> {
  await tx.lock(`alerts of ${siteId}`);
  let event = await openEventOf(tx, siteId, kind);
  if (!event) {
    const cell = await findCell(tx, communityCode, gridCode);
    event = await openEvent(
      tx,
      { ...events[kind], source: 'SENSOR', gridCode: cell!.code, communityCode, siteId },
      null,
    );
  }
  const data = { id: newId('a'), kind, raisedAt, siteId, eventId: event.id, communityCode };
  return tx.all.deviceAlert.create({ data });
}
