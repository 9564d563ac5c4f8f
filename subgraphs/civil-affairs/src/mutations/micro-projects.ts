import { communityCode, count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { MicroProjectState } from '../generated/graphql.js';
import type { MicroProject } from '../generated/prisma/client.js';
import { ratingGrades } from '../queries/service-statistics.js';
import { addStep, changed, found, requireState, requireVersion, type Tx } from './change.js';
import { createProject, microProjectInput } from './list-entries.js';

export const projectStates: Record<MicroProjectState, string> = {
  PROPOSED: '已提出',
  VOTING: '评选中',
  PICKED: '已选中',
  NOT_PICKED: '未选中',
  APPROVED: '已批准',
  DOING: '实施中',
  DONE: '已完成',
  EVALUATED: '已评价',
  REJECTED: '未批准',
};

const proposeInput = z.strictObject({
  communityCode,
  project: microProjectInput,
  idempotencyKey: idempotencyKey.nullish(),
});

/** A street or district proposes a project for a community (区街统筹). */
export const proposeMicroProject = mutation({
  name: 'proposeMicroProject',
  input: proposeInput,
  async run({ communityCode: code, project }: z.infer<typeof proposeInput>, tx: Tx) {
    tx.requireRelation(['communityCode'], { community: code });
    const listing = { communityCode: code, origin: 'DISTRICT_STREET' as const };
    return { project: await createProject(tx, listing, project, 'project') };
  },
  made: ({ project }) => project.id,
  again: async (made, tx) => ({ project: await tx.all.microProject.findUniqueOrThrow({ where: { id: made } }) }),
});

const ofProject = { projectId: id, expectedVersion: version };
type OfProject = z.infer<z.ZodObject<typeof ofProject>>;

/** The project of a place that the caller may act for, as they saw it. */
async function ownProject(tx: Tx, { projectId, expectedVersion }: OfProject): Promise<MicroProject> {
  const row = found(await tx.all.microProject.findUnique({ where: { id: projectId } }), 'projectId', '项目');
  tx.requireRelation(['projectId'], { community: row.communityCode });
  requireVersion(row, expectedVersion);
  return row;
}

/** Moves a project on, and notes the step. */
async function move(
  tx: Tx,
  row: MicroProject,
  data: Partial<Pick<MicroProject, 'approvedBudgetYuan' | 'spentYuan' | 'grade'>> & { state: MicroProjectState },
  note?: string | null,
): Promise<{ project: MicroProject }> {
  const project = changed(
    await tx.all.microProject.updateManyAndReturn({
      where: { id: row.id, version: row.version },
      data: { ...data, version: { increment: 1 } },
    }),
  );
  await addStep(tx, `project:${row.id}`, project.state, note);
  return { project };
}

/** What residents chose has to be picked by them before it is approved; what districts and streets propose has not. */
function requireApprovable({ origin, state }: MicroProject): void {
  requireState(state, origin === 'RESIDENTS_CHOICE' ? ['PICKED'] : ['PROPOSED', 'PICKED'], projectStates);
}

const approveInput = z.strictObject({ ...ofProject, approvedBudgetYuan: count(1, 10_000_000) });

export const approveMicroProject = mutation({
  name: 'approveMicroProject',
  input: approveInput,
  async run({ approvedBudgetYuan, ...input }: z.infer<typeof approveInput>, tx: Tx) {
    const row = await ownProject(tx, input);
    requireApprovable(row);
    if (approvedBudgetYuan > row.budgetYuan) {
      throw refuse(['approvedBudgetYuan'], 'INVALID', `核定预算不能超过申报预算 ${row.budgetYuan} 元。`);
    }
    const done = await move(tx, row, { state: 'APPROVED', approvedBudgetYuan });
    await tx.emit({
      type: 'MicroProjectApproved',
      key: row.id,
      data: { projectId: row.id, communityCode: row.communityCode, origin: row.origin, approvedBudgetYuan },
    });
    return done;
  },
});

const rejectInput = z.strictObject({ ...ofProject, reason: text(500) });

export const rejectMicroProject = mutation({
  name: 'rejectMicroProject',
  input: rejectInput,
  async run({ reason, ...input }: z.infer<typeof rejectInput>, tx: Tx) {
    const row = await ownProject(tx, input);
    requireApprovable(row);
    return move(tx, row, { state: 'REJECTED' }, reason);
  },
});

const startInput = z.strictObject(ofProject);

export const startMicroProject = mutation({
  name: 'startMicroProject',
  input: startInput,
  async run(input: OfProject, tx: Tx) {
    const row = await ownProject(tx, input);
    requireState(row.state, ['APPROVED'], projectStates);
    return move(tx, row, { state: 'DOING' });
  },
});

const finishInput = z.strictObject({ ...ofProject, spentYuan: count(0, 10_000_000) });

/** The project is done: what it cost is known, and the needs that it was for are met. */
export const finishMicroProject = mutation({
  name: 'finishMicroProject',
  input: finishInput,
  async run({ spentYuan, ...input }: z.infer<typeof finishInput>, tx: Tx) {
    const row = await ownProject(tx, input);
    requireState(row.state, ['DOING'], projectStates);
    const most = row.approvedBudgetYuan ?? row.budgetYuan;
    if (spentYuan > most) throw refuse(['spentYuan'], 'INVALID', `实际支出不能超过核定预算 ${most} 元。`);
    await tx.all.communityNeed.updateMany({
      where: { id: { in: row.needIds }, state: { in: ['OPEN', 'MATCHED'] } },
      data: { state: 'MET', version: { increment: 1 } },
    });
    return move(tx, row, { state: 'DONE', spentYuan });
  },
});

const evaluateInput = z.strictObject({ ...ofProject, grade: z.enum(ratingGrades), note: text(500).nullish() });

export const evaluateMicroProject = mutation({
  name: 'evaluateMicroProject',
  input: evaluateInput,
  async run({ grade, note, ...input }: z.infer<typeof evaluateInput>, tx: Tx) {
    const row = await ownProject(tx, input);
    requireState(row.state, ['DONE'], projectStates);
    return move(tx, row, { state: 'EVALUATED', grade }, note);
  },
});
