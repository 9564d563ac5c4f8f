import { count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { AccessibilityWorkState, MutationResolvers } from '../generated/graphql.js';
import { requireMove, type Moves, type Names } from '../states.js';
import { dateIn } from '../today.js';
import { actorOf, newId, recordStep, requireChanged, requireVersion } from './case.js';
import { peopleOf, unitAt } from './estate.js';
import { remark, unitCode } from './fields.js';

const items = ['HANDRAIL', 'ANTI_SLIP', 'RAMP', 'BATHROOM', 'NIGHT_LIGHT', 'EMERGENCY_CALL'] as const;
const states = ['APPLIED', 'ASSESSED', 'UNDER_WAY', 'COMPLETED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'] as const;
/** States in which works are asked for and not yet done. */
const pending: AccessibilityWorkState[] = ['APPLIED', 'ASSESSED', 'UNDER_WAY', 'COMPLETED'];
/** Yuan that one home's works are subsidised by at the most: a default of this hub. */
const mostSubsidy = 100_000;

const moves: Moves<AccessibilityWorkState> = {
  APPLIED: ['ASSESSED', 'REJECTED', 'WITHDRAWN'],
  ASSESSED: ['UNDER_WAY', 'REJECTED', 'WITHDRAWN'],
  UNDER_WAY: ['COMPLETED'],
  COMPLETED: ['ACCEPTED', 'UNDER_WAY'],
  ACCEPTED: [],
  REJECTED: [],
  WITHDRAWN: [],
};

const names: Names<AccessibilityWorkState> = {
  APPLIED: '已申请，待评估',
  ASSESSED: '已评估，待施工',
  UNDER_WAY: '施工中',
  COMPLETED: '已完工，待验收',
  ACCEPTED: '已验收',
  REJECTED: '不予改造',
  WITHDRAWN: '已撤回',
};

const applyAccessibilityWork = mutation({
  name: 'applyAccessibilityWork',
  input: z.strictObject({
    applicantId: id,
    unitCode,
    items: z.array(z.enum(items)).min(1, { error: '请选择改造项目。' }).max(items.length),
    reason: text(500),
    idempotencyKey: idempotencyKey.nullish(),
  }),
  async run({ applicantId, unitCode: home, items: wanted, reason }, tx: Tx) {
    tx.requireRelation(['applicantId'], { subject: applicantId, community: home.slice(0, 12) });
    const unit = await unitAt(tx, ['unitCode'], home);
    if (!(await peopleOf(tx, unit)).includes(applicantId)) {
      throw refuse(['unitCode'], 'NOT_FOUND', '申请人不住在也不拥有这套房屋，请核对房屋编码。');
    }
    await tx.lock(`accessibility:${home}`);
    const there = await tx.all.accessibilityWork.findFirst({ where: { unitCode: home, state: { in: pending } } });
    if (there) throw refuse(['unitCode'], 'DUPLICATE', '这套房屋已有一项未办结的改造，请待其办结或撤回。');
    const work = await tx.all.accessibilityWork.create({
      data: {
        id: newId('a'),
        items: [...new Set(wanted)],
        reason,
        applicantId,
        unitCode: home,
        appliedOn: dateIn(tx.now),
        communityCode: unit.communityCode,
        handlers: tx.subject.staffId === undefined ? [] : [tx.subject.staffId],
      },
    });
    await recordStep(tx, { caseId: work.id, state: 'APPLIED', actor: actorOf(tx) });
    const data = { workId: work.id, state: work.state, communityCode: work.communityCode };
    await tx.emit({ type: 'AccessibilityWorkApplied', key: work.id, data });
    return { work };
  },
  made: ({ work }) => work.id,
  again: async (made, tx) => ({ work: await tx.all.accessibilityWork.findUniqueOrThrow({ where: { id: made } }) }),
});

const moveAccessibilityWork = mutation({
  name: 'moveAccessibilityWork',
  input: z.strictObject({
    workId: id,
    to: z.enum(states),
    subsidy: count(0, mostSubsidy).nullish(),
    note: remark(500),
    expectedVersion: version,
  }),
  async run({ workId, to, subsidy, note, expectedVersion }, tx: Tx) {
    const before = await tx.rows.accessibilityWork.findUnique({ where: { id: workId } });
    if (!before) throw refuse(['workId'], 'NOT_FOUND', '没有这项改造，或您无权办理。');
    const byStaff = tx.isRelated({ community: before.communityCode, assigned: before.handlers });
    if (!byStaff && to !== 'WITHDRAWN') throw refuse(['to'], 'NOT_ALLOWED', '申请人只能撤回，其余由社区工作人员办理。');
    requireVersion(before, expectedVersion);
    requireMove(['to'], { from: before.state, to, moves, names });
    if (to === 'ASSESSED' && subsidy == null) throw refuse(['subsidy'], 'REQUIRED', '请填写评估后核定的补贴。');
    if (to !== 'ASSESSED' && subsidy != null) throw refuse(['subsidy'], 'INVALID', '只有转入已评估时填写补贴。');
    if (to === 'REJECTED' && !note) throw refuse(['note'], 'REQUIRED', '请说明不予改造的理由。');
    requireChanged(
      await tx.rows.accessibilityWork.updateMany({
        where: { id: workId, version: expectedVersion },
        data: {
          state: to,
          version: { increment: 1 },
          ...(to === 'ASSESSED' && { subsidy: subsidy! }),
          ...(to === 'ACCEPTED' && { acceptedOn: dateIn(tx.now) }),
        },
      }),
    );
    await recordStep(tx, { caseId: workId, state: to, note: note ?? null, actor: actorOf(tx) });
    const work = await tx.all.accessibilityWork.findUniqueOrThrow({ where: { id: workId } });
    const data = { workId, state: to, communityCode: work.communityCode };
    await tx.emit({ type: 'AccessibilityWorkMoved', key: workId, data });
    return { work };
  },
});

/** Works for old age and disability at home: asked for, assessed, done and accepted. */
export const accessibilityMutations: MutationResolvers = { applyAccessibilityWork, moveAccessibilityWork };
