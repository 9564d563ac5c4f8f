import { count, day, id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers, WelfareAction, WelfareState } from '../generated/graphql.js';
import type { Prisma, WelfareCase } from '../generated/prisma/client.js';
import { AidForm } from '../generated/prisma/enums.js';
import { dayIn, daysFrom, monthIn } from '../shenzhen-day.js';
import { addStep } from '../welfare-cases.js';
import { changed, found, requireState, requireVersion, staffOf, type Tx } from './write.js';

const states: Record<WelfareState, string> = {
  APPLIED: '已申请',
  REFERRED: '由工作人员转介',
  VERIFIED: '已核查，待审批',
  APPROVED: '已批准，在保',
  REJECTED: '未批准',
  WITHDRAWN: '已撤回',
  ENDED: '已终止',
};

const versioned = { id, expectedVersion: version };
const note = text(1000);
const yuan = count(1, 100_000);
const reviewWithinDays = 730;

/** One step of a case, from some states on; two that come at once cannot both find the case as it was. */
async function advance(
  tx: Tx,
  input: { id: string; expectedVersion?: number; note?: string },
  step: {
    from: readonly WelfareState[];
    doing: string;
    action: WelfareAction;
    data: Prisma.WelfareCaseUpdateManyMutationInput;
    check?: (row: WelfareCase) => void;
  },
): Promise<WelfareCase> {
  const row = found(await tx.rows.welfareCase.findUnique({ where: { id: input.id } }));
  if (input.expectedVersion !== undefined) requireVersion(row, input.expectedVersion);
  requireState(row.state, step.from, states, step.doing);
  step.check?.(row);
  const unchanged = input.expectedVersion === undefined ? { state: row.state } : { version: row.version };
  const next = changed(
    await tx.rows.welfareCase.updateManyAndReturn({
      where: { id: row.id, ...unchanged },
      data: { ...step.data, version: { increment: 1 } },
    }),
  );
  await addStep(tx, next, step.action, tx.subject.staffId ?? null, input.note ?? null);
  return next;
}

/** Whoever an ended case covered may be covered anew. */
async function uncover(tx: Tx, { id: caseId }: WelfareCase): Promise<void> {
  await tx.all.welfareCover.deleteMany({ where: { caseId } });
}

function requireReviewDay(due: Date, now: Date): void {
  const ahead = daysFrom(dayIn(now), due);
  if (ahead < 1 || ahead > reviewWithinDays) {
    throw refuse(['reviewDue'], 'INVALID', '下次复核日期须在明天起两年之内，请重新填写。');
  }
}

const decision = z
  .strictObject({
    ...versioned,
    approve: z.boolean(),
    forms: z.array(z.enum(AidForm)).min(1, { error: '请至少选一种救助方式。' }).max(3).nullish(),
    amount: yuan.nullish(),
    reviewDue: day.nullish(),
    note,
  })
  .superRefine(({ approve, forms, amount, reviewDue }, issues) => {
    if (!approve) return;
    for (const [name, value] of Object.entries({ forms, amount, reviewDue })) {
      if (value != null) continue;
      issues.addIssue({
        code: 'custom',
        path: [name],
        message: '批准的必须填写这一项。',
        params: { code: 'REQUIRED' },
      });
    }
  });

/** What becomes of a case, step by step; nobody decides what they verified themselves. */
export const welfareCaseworkMutations: Resolvers['Mutation'] = {
  verifyWelfareCase: mutation({
    name: 'verifyWelfareCase',
    input: z.strictObject({ ...versioned, monthlyIncome: count(0, 1_000_000), note }),
    async run(input, tx: Tx) {
      const row = await advance(tx, input, {
        from: ['APPLIED', 'REFERRED'],
        doing: '核查',
        action: 'VERIFIED',
        data: { state: 'VERIFIED', monthlyIncome: input.monthlyIncome, verifiedBy: staffOf(tx) },
      });
      return { case: row };
    },
  }),
  decideWelfareCase: mutation({
    name: 'decideWelfareCase',
    input: decision,
    async run(input, tx: Tx) {
      const { approve, forms, amount, reviewDue } = input;
      if (approve && reviewDue) requireReviewDay(reviewDue, tx.now);
      const granted = {
        state: 'APPROVED',
        forms: forms ?? [],
        amount: amount ?? null,
        reviewDue: reviewDue ?? null,
      } as const;
      const row = await advance(tx, input, {
        from: ['VERIFIED'],
        doing: '审批',
        action: 'DECIDED',
        data: approve ? granted : { state: 'REJECTED' },
        check({ verifiedBy }) {
          if (verifiedBy === staffOf(tx)) {
            throw refuse(null, 'NOT_ALLOWED', '核查人不得审批自己核查的个案，请由另一名经办人审批。');
          }
        },
      });
      if (!approve) await uncover(tx, row);
      const { id: caseId, kind, communityCode } = row;
      await tx.emit({
        type: 'WelfareCaseDecided',
        key: caseId,
        data: { caseId, kind, communityCode, approved: approve },
      });
      return { case: row };
    },
  }),
  payWelfare: mutation({
    name: 'payWelfare',
    input: z.strictObject({
      id,
      month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: '请填写月份，例如 2026-01。' }),
      form: z.enum(AidForm),
      amount: yuan,
    }),
    duplicate: refuse(['month'], 'DUPLICATE', '这个月已经发放过了，请核对。'),
    async run({ id: caseId, month, form, amount }, tx: Tx) {
      if (month > monthIn(tx.now)) throw refuse(['month'], 'INVALID', '不能发放以后月份的，请核对。');
      const row = await advance(
        tx,
        { id: caseId },
        {
          from: ['APPROVED'],
          doing: '发放',
          action: 'PAID',
          data: {},
          check({ appliedAt }) {
            if (month < monthIn(appliedAt)) throw refuse(['month'], 'INVALID', '不能发放申请之前月份的，请核对。');
          },
        },
      );
      await tx.all.welfarePayment.create({ data: { caseId, month, form, amount, paidAt: tx.now } });
      return { case: row };
    },
  }),
  reviewWelfareCase: mutation({
    name: 'reviewWelfareCase',
    input: z.strictObject({ ...versioned, amount: yuan, reviewDue: day, note }),
    async run(input, tx: Tx) {
      const { amount, reviewDue } = input;
      requireReviewDay(reviewDue, tx.now);
      const data = { amount, reviewDue };
      return { case: await advance(tx, input, { from: ['APPROVED'], doing: '复核', action: 'REVIEWED', data }) };
    },
  }),
  endWelfareCase: mutation({
    name: 'endWelfareCase',
    input: z.strictObject({ ...versioned, note }),
    async run(input, tx: Tx) {
      const data = { state: 'ENDED', reviewDue: null } as const;
      const row = await advance(tx, input, { from: ['APPROVED'], doing: '终止', action: 'ENDED', data });
      await uncover(tx, row);
      return { case: row };
    },
  }),
  withdrawWelfareApplication: mutation({
    name: 'withdrawWelfareApplication',
    input: z.strictObject(versioned),
    async run(input, tx: Tx) {
      const row = await advance(tx, input, {
        from: ['APPLIED', 'REFERRED', 'VERIFIED'],
        doing: '撤回',
        action: 'WITHDRAWN',
        data: { state: 'WITHDRAWN' },
      });
      await uncover(tx, row);
      return { case: row };
    },
  }),
};
