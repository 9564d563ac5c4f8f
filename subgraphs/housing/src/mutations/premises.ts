import { count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { MutationResolvers } from '../generated/graphql.js';
import { dateIn } from '../today.js';
import { newId, requireChanged, requireVersion } from './case.js';
import { buildingAt } from './estate.js';
import { buildingCode } from './fields.js';

const use = z.enum(['ELDER_CARE', 'CHILD_CARE', 'DISABILITY_AID', 'MINORS_PROTECTION', 'HEALTH']);

const registerIdlePremises = mutation({
  name: 'registerIdlePremises',
  input: z.strictObject({ buildingCode, location: text(100), areaM2: count(1, 1_000_000), suggestedUse: use }),
  duplicate: refuse(['location'], 'DUPLICATE', '这个位置的闲置房产已登记。'),
  async run(input, tx: Tx) {
    const building = await buildingAt(tx, ['buildingCode'], input.buildingCode);
    const project = await tx.all.propertyProject.findUniqueOrThrow({ where: { id: building.projectId } });
    tx.requireRelation(['buildingCode'], { community: building.communityCode, assigned: project.handlers });
    if (input.areaM2 > building.areaM2) {
      throw refuse(['areaM2'], 'INVALID', `不能大于楼栋的建筑面积 ${building.areaM2} 平方米。`);
    }
    const data = { id: newId('idle'), communityCode: building.communityCode, ...input };
    return { premises: await tx.all.idlePremises.create({ data }) };
  },
});

const proposeIdlePremisesUse = mutation({
  name: 'proposeIdlePremisesUse',
  input: z.strictObject({
    premisesId: id,
    use,
    operator: text(100),
    plan: text(1000),
    idempotencyKey: idempotencyKey.nullish(),
  }),
  async run(input, tx: Tx) {
    const premises = await tx.all.idlePremises.findUnique({ where: { id: input.premisesId } });
    if (!premises) throw refuse(['premisesId'], 'NOT_FOUND', '没有这处闲置房产，请核对标识。');
    const { communityCode } = premises;
    tx.requireRelation(['premisesId'], { community: communityCode });
    if (premises.state !== 'AVAILABLE')
      throw refuse(['premisesId'], 'CLOSED', '这处闲置房产已批准用途，不再受理申请。');
    const { idempotencyKey: _, ...given } = input;
    const data = { id: newId('q'), communityCode, proposedOn: dateIn(tx.now), ...given };
    return { proposal: await tx.all.premisesProposal.create({ data }) };
  },
  made: ({ proposal }) => proposal.id,
  again: async (made, tx) => ({ proposal: await tx.all.premisesProposal.findUniqueOrThrow({ where: { id: made } }) }),
});

/** What becomes of the others where one proposal is approved. */
const passedOver = '同一房产已批准另一份申请。';

const decideIdlePremisesUse = mutation({
  name: 'decideIdlePremisesUse',
  input: z.strictObject({ proposalId: id, approve: z.boolean(), decision: text(500), expectedVersion: version }),
  async run({ proposalId, approve, decision, expectedVersion }, tx: Tx) {
    const before = await tx.rows.premisesProposal.findUnique({ where: { id: proposalId } });
    if (!before) throw refuse(['proposalId'], 'NOT_FOUND', '没有这份利用申请，或您无权审批。');
    await tx.lock(`premises:${before.premisesId}`);
    requireVersion(before, expectedVersion);
    if (before.state !== 'PENDING') throw refuse(['proposalId'], 'WRONG_STATE', '这份申请已审批，不能再次审批。');
    const decided = { decidedOn: dateIn(tx.now), version: { increment: 1 } };
    const where = { id: proposalId, version: expectedVersion };
    const data = { state: approve ? 'APPROVED' : 'REJECTED', decision, ...decided } as const;
    requireChanged(await tx.rows.premisesProposal.updateMany({ where, data }));
    if (approve) {
      const assigned = await tx.all.idlePremises.updateMany({
        where: { id: before.premisesId, state: 'AVAILABLE' },
        data: { state: 'ASSIGNED', assignedUse: before.use, version: { increment: 1 } },
      });
      if (assigned.count === 0) throw refuse(['proposalId'], 'CLOSED', '这处闲置房产已批准另一份申请。');
      await tx.all.premisesProposal.updateMany({
        where: { premisesId: before.premisesId, state: 'PENDING' },
        data: { state: 'REJECTED', decision: passedOver, ...decided },
      });
      const premises = await tx.all.idlePremises.findUniqueOrThrow({ where: { id: before.premisesId } });
      const { id: premisesId, assignedUse, areaM2, buildingCode: building, communityCode } = premises;
      await tx.emit({
        type: 'IdlePremisesAssigned',
        key: premisesId,
        data: { premisesId, use: assignedUse, areaM2, buildingCode: building, communityCode },
      });
    }
    return { proposal: await tx.all.premisesProposal.findUniqueOrThrow({ where: { id: proposalId } }) };
  },
});

/** Idle premises: registered, asked for, and put to one use. */
export const premisesMutations: MutationResolvers = {
  registerIdlePremises,
  proposeIdlePremisesUse,
  decideIdlePremisesUse,
};
