import { fourteenthBirthday, isMinor } from '@linli/kit/minor';
import { communityWorkerOfCase } from '@linli/kit/population/staff';
import { communityCode, id, idempotencyKey } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resident, ServiceItem } from '../generated/prisma/client.js';
import { addStep, newId, type Tx } from './change.js';
import { materialInputs, receivedMaterials } from './service-materials.js';

const channels = ['ONLINE', 'WINDOW', 'KIOSK', 'HOME', 'ASSISTED'] as const;

const applyInput = z.strictObject({
  itemCode: id,
  applicantId: id,
  communityCode: communityCode.nullish(),
  channel: z.enum(channels),
  materials: materialInputs,
  kioskSessionId: id.nullish(),
  idempotencyKey: idempotencyKey.nullish(),
});
type ApplyInput = z.infer<typeof applyInput>;

/** The item, if it is in the catalogue (准入) and taken on this channel. */
async function admittedItem(tx: Tx, { itemCode, channel }: ApplyInput): Promise<ServiceItem> {
  const item = await tx.all.serviceItem.findUnique({ where: { code: itemCode } });
  if (!item) throw refuse(['itemCode'], 'NOT_FOUND', '公共服务目录中没有这个事项，不予受理。');
  if (item.admission === 'REMOVED') {
    throw refuse(['itemCode'], 'CLOSED', `该事项已从目录中清理，不再受理。${item.replacement ?? ''}`);
  }
  if (!item.channels.includes(channel)) {
    throw refuse(['channel'], 'INVALID', '该事项不在这个渠道受理，请查看事项的受理渠道。');
  }
  return item;
}

/**
 * Who applies: the caller, a ward of theirs, whoever is at the terminal that the caller is, or whoever came to the caller's
 * community. Only of the last, whom staff name, it is told whether they are registered.
 */
async function applicantOf(tx: Tx, input: ApplyInput, place: (resident: Resident) => string): Promise<Resident> {
  const { applicantId, kioskSessionId } = input;
  const resident = await tx.all.resident.findUnique({ where: { id: applicantId } });
  if (tx.subject.roles.includes('kiosk')) {
    const session = kioskSessionId ? await tx.all.kioskSession.findUnique({ where: { id: kioskSessionId } }) : null;
    if (!resident || session?.residentId !== applicantId || session.expiresAt <= tx.now) {
      throw refuse(['kioskSessionId'], 'NOT_FOUND', '自助会话不存在或已结束，请重新登录。');
    }
    tx.requireRelation(['kioskSessionId'], { community: session.communityCode });
    return resident;
  }
  const facts = { subject: applicantId, community: resident ? place(resident) : (input.communityCode ?? null) };
  tx.requireRelation(['applicantId'], facts);
  if (!resident) throw refuse(['applicantId'], 'NOT_FOUND', '没有这位居民的登记，请先登记。');
  return resident;
}

/** A resident applies for a service, or somebody does it with them. */
export const applyService = mutation({
  name: 'applyService',
  input: applyInput,
  async run(input: ApplyInput, tx: Tx) {
    const item = await admittedItem(tx, input);
    const place = (resident: Resident) => input.communityCode ?? resident.communityCode;
    const applicant = await applicantOf(tx, input, place);
    const community = place(applicant);
    if (!item.citywide && community !== applicant.communityCode) {
      throw refuse(['communityCode'], 'INVALID', '该事项不是全城通办，只能由申办人居住的社区受理。');
    }
    const materials = await receivedMaterials(tx, item.code, applicant.id, input.materials);
    const { staffId } = tx.subject;
    const handler = communityWorkerOfCase(community, applicant.id);
    const birthday = fourteenthBirthday(applicant.birthDate);
    const row = await tx.all.serviceCase.create({
      data: {
        id: newId('C'),
        itemCode: item.code,
        applicantId: applicant.id,
        state: 'APPLIED',
        appliedAt: tx.now,
        communityCode: community,
        handlers: staffId !== undefined && staffId !== handler ? [handler, staffId] : [handler],
        channel: input.channel,
        minorUntil: isMinor(birthday, tx.now.getTime()) ? birthday : null,
      },
    });
    await tx.all.serviceCaseMaterial.createMany({ data: materials.map((one) => ({ ...one, caseId: row.id })) });
    await addStep(tx, `case:${row.id}`, row.state);
    await tx.emit({
      type: 'ServiceCaseMoved',
      key: row.id,
      data: { caseId: row.id, itemCode: item.code, communityCode: community, from: null, state: row.state },
    });
    return { case: row };
  },
  made: ({ case: row }) => row.id,
  again: async (made, tx) => ({ case: await tx.all.serviceCase.findUniqueOrThrow({ where: { id: made } }) }),
});
