import { fourteenthBirthday, isMinor } from '@linli/kit/minor';
import { communityWorkerOfCase, socialWorkerOfCase } from '@linli/kit/population/staff';
import { communityCode, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { ageOn } from '../age.js';
import type { ChildProtectionAction, ChildProtectionState, Resolvers } from '../generated/graphql.js';
import type { ChildProtectionReport, Prisma, Resident } from '../generated/prisma/client.js';
import { ChildProtectionKind } from '../generated/prisma/enums.js';
import { newId } from '../new-id.js';
import { assignStaff } from '../queries/assign-staff.js';
import { handlersFor } from '../welfare-cases.js';
import { changed, found, requireState, requireVersion, type Tx } from './write.js';

const ofAge = 18;

const states: Record<ChildProtectionState, string> = {
  REPORTED: '已报告',
  ASSESSING: '调查评估中',
  PROTECTED: '已采取保护措施',
  CLOSED: '已结案',
};

/** A child by id; null for whoever is none, or not there. */
async function childOf(tx: Tx, childId: string | null | undefined): Promise<Resident | null> {
  const resident = childId == null ? null : await tx.all.resident.findUnique({ where: { id: childId } });
  return resident && ageOn(resident.birthDate, tx.now) < ofAge ? resident : null;
}

/** The day on which a child is 14; null where that is long ago. */
function minorUntil({ birthDate }: Resident): Date | null {
  const day = fourteenthBirthday(birthDate);
  return isMinor(day) ? day : null;
}

async function addStep(
  tx: Tx,
  { id: reportId, state }: ChildProtectionReport,
  action: ChildProtectionAction,
  note: string | null,
): Promise<void> {
  const no = (await tx.all.childProtectionStep.count({ where: { reportId } })) + 1;
  // Who reported stands nowhere in a report's course.
  const by = action === 'REPORTED' ? null : (tx.subject.staffId ?? null);
  await tx.all.childProtectionStep.create({ data: { reportId, no, action, state, at: tx.now, by, note } });
}

const step = z.strictObject({ id, expectedVersion: version, note: text(2000) });
type Step = z.infer<typeof step>;

async function advance(
  tx: Tx,
  input: Omit<Step, 'note'> & { note?: string },
  change: {
    from: readonly ChildProtectionState[];
    doing: string;
    action: ChildProtectionAction;
    data: Prisma.ChildProtectionReportUpdateManyMutationInput;
    check?: (report: ChildProtectionReport) => void;
  },
): Promise<ChildProtectionReport> {
  const report = found(await tx.rows.childProtectionReport.findUnique({ where: { id: input.id } }));
  requireVersion(report, input.expectedVersion);
  requireState(report.state, change.from, states, change.doing);
  change.check?.(report);
  const next = changed(
    await tx.rows.childProtectionReport.updateManyAndReturn({
      where: { id: report.id, version: report.version },
      data: { ...change.data, version: { increment: 1 } },
    }),
  );
  await addStep(tx, next, change.action, input.note ?? null);
  return next;
}

/** Reports that a child may need protection: anybody makes one, named handlers alone know of it from then on. */
export const childProtectionMutations: Resolvers['Mutation'] = {
  reportChildProtection: mutation({
    name: 'reportChildProtection',
    input: z.strictObject({
      communityCode,
      childId: id.nullish(),
      kind: z.enum(ChildProtectionKind),
      summary: text(2000),
      reporter: text(40).nullish(),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run(input, tx: Tx) {
      tx.requireRelation(null, { community: input.communityCode });
      // Whether there is such a child is not told: a report without one is looked into just the same.
      const child = await childOf(tx, input.childId);
      const reportId = newId('n');
      const place = child?.communityCode ?? input.communityCode;
      const handlers = child
        ? handlersFor(child)
        : [socialWorkerOfCase(place, reportId), communityWorkerOfCase(place, reportId)];
      const report = await tx.all.childProtectionReport.create({
        data: {
          id: reportId,
          childId: child?.id ?? null,
          communityCode: place,
          kind: input.kind,
          summary: input.summary,
          reporter: input.reporter ?? null,
          reportedAt: tx.now,
          state: 'REPORTED',
          guardianSuspended: false,
          minorUntil: child && minorUntil(child),
          handlers,
        },
      });
      await addStep(tx, report, 'REPORTED', null);
      if (child) await assignStaff(tx, [child.id], handlers);
      await tx.emit({ type: 'ChildProtectionReported', key: reportId, data: { communityCode: place } });
      return { receipt: reportId };
    },
    made: ({ receipt }) => receipt,
    again: (receipt) => Promise.resolve({ receipt }),
  }),
  identifyChild: mutation({
    name: 'identifyChild',
    input: z.strictObject({ id, expectedVersion: version, childId: id }),
    async run(input, tx: Tx) {
      const report = await advance(tx, input, {
        from: ['REPORTED', 'ASSESSING', 'PROTECTED'],
        doing: '查明所涉未成年人',
        action: 'ASSESSED',
        data: {},
        check({ childId }) {
          if (childId !== null) throw refuse(['childId'], 'WRONG_STATE', '报告已经写明所涉未成年人，不能更改。');
        },
      });
      const child = found(await childOf(tx, input.childId), 'childId');
      const known = await tx.all.childProtectionReport.update({
        where: { id: report.id },
        data: { childId: child.id, communityCode: child.communityCode, minorUntil: minorUntil(child) },
      });
      await assignStaff(tx, [child.id], known.handlers);
      return { report: known };
    },
  }),
  assessChildProtection: mutation({
    name: 'assessChildProtection',
    input: step,
    async run(input, tx: Tx) {
      const data = { state: 'ASSESSING' } as const;
      const from = ['REPORTED', 'ASSESSING'] as const;
      return { report: await advance(tx, input, { from, doing: '调查评估', action: 'ASSESSED', data }) };
    },
  }),
  protectChild: mutation({
    name: 'protectChild',
    input: step,
    async run(input, tx: Tx) {
      const data = { state: 'PROTECTED' } as const;
      const from = ['REPORTED', 'ASSESSING', 'PROTECTED'] as const;
      return { report: await advance(tx, input, { from, doing: '采取保护措施', action: 'PROTECTED', data }) };
    },
  }),
  suspendGuardianship: mutation({
    name: 'suspendGuardianship',
    input: step,
    async run(input, tx: Tx) {
      const report = await advance(tx, input, {
        from: ['REPORTED', 'ASSESSING', 'PROTECTED'],
        doing: '暂停监护资格',
        action: 'GUARDIAN_SUSPENDED',
        data: { guardianSuspended: true },
        check({ childId, guardianSuspended }) {
          if (childId === null) throw refuse(null, 'WRONG_STATE', '尚未查明是哪位未成年人，请先查明。');
          if (guardianSuspended) throw refuse(null, 'WRONG_STATE', '监护资格已经暂停，无须再办。');
        },
      });
      return { report };
    },
  }),
  restoreGuardianship: mutation({
    name: 'restoreGuardianship',
    input: step,
    async run(input, tx: Tx) {
      const report = await advance(tx, input, {
        from: ['REPORTED', 'ASSESSING', 'PROTECTED', 'CLOSED'],
        doing: '恢复监护资格',
        action: 'GUARDIAN_RESTORED',
        data: { guardianSuspended: false },
        check({ guardianSuspended }) {
          if (!guardianSuspended) throw refuse(null, 'WRONG_STATE', '监护资格没有暂停，无须恢复。');
        },
      });
      return { report };
    },
  }),
  closeChildProtection: mutation({
    name: 'closeChildProtection',
    input: step,
    async run(input, tx: Tx) {
      const report = await advance(tx, input, {
        from: ['ASSESSING', 'PROTECTED'],
        doing: '结案',
        action: 'CLOSED',
        data: { state: 'CLOSED' },
        check({ guardianSuspended }) {
          if (guardianSuspended) throw refuse(null, 'WRONG_STATE', '监护资格仍在暂停，请先恢复或依法另行确定监护人。');
        },
      });
      return { report };
    },
  }),
};
