import { count, id, instant } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { MutationResolvers } from '../generated/graphql.js';

/** How far the clock of what reports may be ahead of this one's. */
const aheadMs = 60_000;

/** @throws Refusal INVALID where something is reported of a time to come */
function requirePast(at: Date, now: Date): void {
  if (at.getTime() > now.getTime() + aheadMs) throw refuse(['at'], 'INVALID', '上报时间不晚于现在，请校准时钟。');
}

const newer = refuse(['at'], 'CONFLICT', '已有更新的上报，这一次不采用。');

const reportParking = mutation({
  name: 'reportParking',
  input: z.strictObject({ lotId: id, freeSpaces: count(0, 100_000), at: instant }),
  async run({ lotId, freeSpaces, at }, tx: Tx) {
    requirePast(at, tx.now);
    const lot = await tx.all.parkingLot.findUnique({ where: { id: lotId } });
    if (!lot) throw refuse(['lotId'], 'NOT_FOUND', '没有这个停车场，请核对标识。');
    const project = lot.projectId && (await tx.all.propertyProject.findUnique({ where: { id: lot.projectId } }));
    const handlers = project ? project.handlers : [];
    tx.requireRelation(['lotId'], { community: lot.communityCode, assigned: handlers });
    if (freeSpaces > lot.spaces) {
      throw refuse(['freeSpaces'], 'INVALID', `空余车位不超过车位总数 ${lot.spaces}。`);
    }
    const where = { id: lotId, reportedAt: { lt: at } };
    const { count: changed } = await tx.all.parkingLot.updateMany({ where, data: { freeSpaces, reportedAt: at } });
    if (changed === 0) throw newer;
    return { parkingLot: await tx.all.parkingLot.findUniqueOrThrow({ where: { id: lotId } }) };
  },
});

const reportEdgeDevice = mutation({
  name: 'reportEdgeDevice',
  input: z.strictObject({ deviceId: id, status: z.enum(['ONLINE', 'OFFLINE', 'ALARM']), at: instant }),
  async run({ deviceId, status, at }, tx: Tx) {
    requirePast(at, tx.now);
    const before = await tx.rows.edgeDevice.findUnique({ where: { id: deviceId } });
    if (!before) throw refuse(['deviceId'], 'NOT_FOUND', '没有这台设备，或您无权上报。');
    const where = { id: deviceId, lastSeenAt: { lt: at } };
    const { count: changed } = await tx.rows.edgeDevice.updateMany({ where, data: { status, lastSeenAt: at } });
    if (changed === 0) throw newer;
    const device = await tx.all.edgeDevice.findUniqueOrThrow({ where: { id: deviceId } });
    if (before.status !== status) {
      const { kind, buildingCode, projectId, communityCode } = device;
      await tx.emit({
        type: 'EdgeDeviceChanged',
        key: deviceId,
        data: { deviceId, kind, status, buildingCode, projectId, communityCode },
      });
    }
    return { device };
  },
});

/** What car parks and devices report of themselves. */
export const infrastructureMutations: MutationResolvers = { reportParking, reportEdgeDevice };
