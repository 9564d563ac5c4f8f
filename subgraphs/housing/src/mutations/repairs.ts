import { id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { MutationResolvers, RepairState } from '../generated/graphql.js';
import { requireMove, type Moves, type Names } from '../states.js';
import { actorOf, newId, recordStep, requireChanged, requireVersion } from './case.js';
import { peopleOf, unitAt } from './estate.js';
import { remark, unitCode } from './fields.js';

const states = ['REPORTED', 'ACCEPTED', 'UNDER_WAY', 'DONE', 'CONFIRMED', 'CANCELLED'] as const;

const moves: Moves<RepairState> = {
  REPORTED: ['ACCEPTED', 'CANCELLED'],
  ACCEPTED: ['UNDER_WAY', 'CANCELLED'],
  UNDER_WAY: ['DONE'],
  DONE: ['CONFIRMED', 'UNDER_WAY'],
  CONFIRMED: [],
  CANCELLED: [],
};

const names: Names<RepairState> = {
  REPORTED: '已报修，待受理',
  ACCEPTED: '已受理',
  UNDER_WAY: '维修中',
  DONE: '已修复，待确认',
  CONFIRMED: '已确认',
  CANCELLED: '已取消',
};

/** Whose step leads from one state to the next: the reporter confirms, cancels or is not content; the rest is the manager's. */
function isReporters(from: RepairState, to: RepairState): boolean {
  return to === 'CONFIRMED' || to === 'CANCELLED' || (from === 'DONE' && to === 'UNDER_WAY');
}

const reportRepair = mutation({
  name: 'reportRepair',
  input: z.strictObject({
    reporterId: id,
    category: z.enum(['PLUMBING', 'ELECTRICITY', 'LIFT', 'ACCESS', 'COMMON_PARTS', 'OTHER']),
    unitCode,
    commonParts: z.boolean().nullish(),
    location: text(100),
    description: text(500),
    idempotencyKey: idempotencyKey.nullish(),
  }),
  async run({ reporterId, category, unitCode: home, commonParts, location, description }, tx: Tx) {
    tx.requireRelation(['reporterId'], { subject: reporterId });
    const unit = await unitAt(tx, ['unitCode'], home);
    if (!(await peopleOf(tx, unit)).includes(reporterId)) {
      throw refuse(['unitCode'], 'NOT_FOUND', '报修人不住在也不拥有这套房屋，请核对房屋编码。');
    }
    const building = await tx.all.building.findUniqueOrThrow({ where: { code: unit.buildingCode } });
    const project = await tx.all.propertyProject.findUniqueOrThrow({ where: { id: building.projectId } });
    const repair = await tx.all.repairRequest.create({
      data: {
        id: newId('p'),
        ...{ reporterId, category, location, description },
        reportedAt: tx.now,
        unitCode: commonParts ? null : home,
        projectId: project.id,
        communityCode: project.communityCode,
        handlers: project.handlers,
      },
    });
    await recordStep(tx, { caseId: repair.id, state: 'REPORTED', actor: actorOf(tx) });
    const data = { repairId: repair.id, category, projectId: project.id, communityCode: project.communityCode };
    await tx.emit({ type: 'RepairReported', key: repair.id, data });
    return { repair };
  },
  made: ({ repair }) => repair.id,
  again: async (made, tx) => ({ repair: await tx.all.repairRequest.findUniqueOrThrow({ where: { id: made } }) }),
});

const moveRepair = mutation({
  name: 'moveRepair',
  input: z.strictObject({ repairId: id, to: z.enum(states), note: remark(500), expectedVersion: version }),
  async run({ repairId, to, note, expectedVersion }, tx: Tx) {
    const before = await tx.rows.repairRequest.findUnique({ where: { id: repairId } });
    if (!before) throw refuse(['repairId'], 'NOT_FOUND', '没有这项报修，或您无权办理。');
    requireVersion(before, expectedVersion);
    requireMove(['to'], { from: before.state, to, moves, names });
    const { reporterId, handlers } = before;
    const may = tx.isRelated(isReporters(before.state, to) ? { subject: reporterId } : { assigned: handlers });
    if (!may) throw refuse(['to'], 'NOT_ALLOWED', '确认、取消与退回维修由报修人办理，其余由物业办理。');
    requireChanged(
      await tx.rows.repairRequest.updateMany({
        where: { id: repairId, version: expectedVersion },
        data: { state: to, version: { increment: 1 } },
      }),
    );
    await recordStep(tx, { caseId: repairId, state: to, note: note ?? null, actor: actorOf(tx) });
    const repair = await tx.all.repairRequest.findUniqueOrThrow({ where: { id: repairId } });
    const data = { repairId, state: to, projectId: repair.projectId, communityCode: repair.communityCode };
    await tx.emit({ type: 'RepairMoved', key: repairId, data });
    return { repair };
  },
});

/** Repairs: reported by residents, done by the property company, confirmed by who reported them. */
export const repairMutations: MutationResolvers = { reportRepair, moveRepair };
