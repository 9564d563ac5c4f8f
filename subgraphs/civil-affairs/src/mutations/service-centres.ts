import { id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Facility } from '../generated/prisma/client.js';
import { changed, conflict, found, newId, requireVersion, type Tx } from './change.js';

/** A service centre (党群服务中心) of a community that the caller may act for. */
async function ownCentre(tx: Tx, facilityId: string): Promise<Facility> {
  const facility = found(await tx.all.facility.findUnique({ where: { id: facilityId } }), 'facilityId', '设施');
  tx.requireRelation(['facilityId'], { community: facility.communityCode });
  if (facility.kind !== 'PARTY_SERVICE_CENTRE') {
    throw refuse(['facilityId'], 'INVALID', '只有党群服务中心公布资源清单、服务流程与错时延时服务，请选择一个中心。');
  }
  return facility;
}

const resourceInput = z.strictObject({
  facilityId: id,
  kind: z.enum(['SPACE', 'ACTIVITY', 'EXPERTISE', 'EQUIPMENT']),
  name: text(100),
  description: text(1000),
  hours: text(100),
  idempotencyKey: idempotencyKey.nullish(),
});

export const publishServiceResource = mutation({
  name: 'publishServiceResource',
  input: resourceInput,
  async run({ facilityId, kind, name, description, hours }: z.infer<typeof resourceInput>, tx: Tx) {
    const { communityCode } = await ownCentre(tx, facilityId);
    const resource = await tx.all.serviceResource.create({
      data: { id: newId('resource-'), facilityId, communityCode, kind, name, description, hours },
    });
    return { resource };
  },
  made: ({ resource }) => resource.id,
  again: async (made, tx) => ({ resource: await tx.all.serviceResource.findUniqueOrThrow({ where: { id: made } }) }),
});

const openInput = z.strictObject({ resourceId: id, expectedVersion: version, open: z.boolean() });

export const setServiceResourceOpen = mutation({
  name: 'setServiceResourceOpen',
  input: openInput,
  async run({ resourceId, expectedVersion, open }: z.infer<typeof openInput>, tx: Tx) {
    const row = found(await tx.all.serviceResource.findUnique({ where: { id: resourceId } }), 'resourceId', '资源');
    tx.requireRelation(['resourceId'], { community: row.communityCode });
    requireVersion(row, expectedVersion);
    const resource = changed(
      await tx.all.serviceResource.updateManyAndReturn({
        where: { id: resourceId, version: expectedVersion },
        data: { open, version: { increment: 1 } },
      }),
    );
    return { resource };
  },
});

const flowInput = z.strictObject({
  facilityId: id,
  itemCode: id.nullish(),
  name: text(100),
  steps: z.array(text(200)).min(1, { error: '请至少写一步。' }).max(20, { error: '步骤最多 20 步。' }),
  idempotencyKey: idempotencyKey.nullish(),
});

export const publishServiceFlow = mutation({
  name: 'publishServiceFlow',
  input: flowInput,
  async run({ facilityId, itemCode, name, steps }: z.infer<typeof flowInput>, tx: Tx) {
    const { communityCode } = await ownCentre(tx, facilityId);
    if (itemCode) {
      const item = found(await tx.all.serviceItem.findUnique({ where: { code: itemCode } }), 'itemCode', '事项');
      if (item.admission === 'REMOVED') throw refuse(['itemCode'], 'CLOSED', '该事项已从目录中清理，不再需要流程。');
    }
    const flow = await tx.all.serviceFlow.create({
      data: {
        id: newId('flow-'),
        facilityId,
        communityCode,
        itemCode: itemCode ?? null,
        name,
        steps,
        publishedOn: tx.now,
      },
    });
    return { flow };
  },
  made: ({ flow }) => flow.id,
  again: async (made, tx) => ({ flow: await tx.all.serviceFlow.findUniqueOrThrow({ where: { id: made } }) }),
});

const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: '请填写时刻，例如 18:00。' });
const hoursInput = z
  .strictObject({
    facilityId: id,
    kind: z.enum(['STAGGERED', 'EXTENDED']),
    days: z.array(z.enum(weekdays)).min(1, { error: '请至少选择一天。' }).max(weekdays.length),
    opens: clock,
    closes: clock,
    expectedVersion: version.nullish(),
  })
  .refine(({ opens, closes }) => opens < closes, { path: ['closes'], error: '结束时刻应晚于开始时刻。' });

export const setExtendedHours = mutation({
  name: 'setExtendedHours',
  input: hoursInput,
  async run({ expectedVersion, ...hours }: z.infer<typeof hoursInput>, tx: Tx) {
    const facility = await ownCentre(tx, hours.facilityId);
    const { communityCode } = facility;
    const key = `${hours.facilityId}-${hours.kind}`;
    const days = weekdays.filter((day) => hours.days.includes(day));
    const there = await tx.all.extendedHours.findUnique({ where: { id: key } });
    if (!there) {
      if (expectedVersion != null) throw conflict();
      await tx.all.extendedHours.create({ data: { ...hours, id: key, communityCode, days } });
      return { facility };
    }
    requireVersion(there, expectedVersion);
    changed(
      await tx.all.extendedHours.updateManyAndReturn({
        where: { id: key, version: there.version },
        data: { days, opens: hours.opens, closes: hours.closes, version: { increment: 1 } },
      }),
    );
    return { facility };
  },
  duplicate: conflict(),
});
