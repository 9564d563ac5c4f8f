import { randomUUID } from 'node:crypto';
import { communityCode, count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Database } from '../database.js';
import { today } from '../days.js';
import type {
  Resolvers,
  SchoolPlacementActor,
  SchoolPlacementDecision,
  SchoolPlacementState,
  SchoolStage,
} from '../generated/graphql.js';
import type { SchoolPlacement } from '../generated/prisma/client.js';
import { minorUntilOf } from '../minor-until.js';
import { communityTeacher } from '../posts.js';
import { holdSchool } from '../queries/hold-school.js';
import { stepId } from '../step-id.js';
import { notFound, requireState, requireVersion, stale } from './checks.js';

const stateNames: Record<SchoolPlacementState, string> = {
  APPLIED: '已申请',
  VERIFIED: '已核验',
  ALLOCATED: '已分配，待确认',
  CONFIRMED: '已确认',
  ENROLLED: '在读',
  REJECTED: '未通过',
  WITHDRAWN: '已撤回或放弃',
  LEFT: '已离校',
};

/** What a school can decide: from which states, and what becomes of it. */
const decisions: Record<SchoolPlacementDecision, { from: SchoolPlacementState[]; to: SchoolPlacementState }> = {
  VERIFY: { from: ['APPLIED'], to: 'VERIFIED' },
  ALLOCATE: { from: ['VERIFIED'], to: 'ALLOCATED' },
  REJECT: { from: ['APPLIED', 'VERIFIED'], to: 'REJECTED' },
  ADMIT: { from: ['CONFIRMED'], to: 'ENROLLED' },
  RELEASE: { from: ['ENROLLED'], to: 'LEFT' },
};

/** States in which a child has one of a school's places. */
const placed: SchoolPlacementState[] = ['ALLOCATED', 'CONFIRMED', 'ENROLLED'];
/** States after which a child may be applied for anew. */
const over: SchoolPlacementState[] = ['REJECTED', 'WITHDRAWN', 'LEFT'];

const gradesOf: Record<SchoolStage, readonly [number, number]> = { PRIMARY: [1, 6], MIDDLE: [7, 9], NINE_YEAR: [1, 9] };

async function noteStep(
  tx: WriteContext<Database>,
  { id: placementId, version: made, state }: SchoolPlacement,
  step: { actor: SchoolPlacementActor; from: SchoolPlacementState | null; note?: string | null },
): Promise<void> {
  await tx.all.schoolPlacementStep.create({
    data: { id: stepId(placementId, made), placementId, at: tx.now, to: state, ...step },
  });
}

async function placementOf(tx: WriteContext<Database>, placementId: string): Promise<SchoolPlacement> {
  const placement = await tx.rows.schoolPlacement.findUnique({ where: { id: placementId } });
  if (!placement) throw notFound('placementId', '条学位');
  return placement;
}

async function move(
  tx: WriteContext<Database>,
  before: SchoolPlacement,
  state: SchoolPlacementState,
): Promise<SchoolPlacement> {
  const since = state === 'ENROLLED' ? new Date(today(tx.now)) : before.since;
  const [placement] = await tx.rows.schoolPlacement.updateManyAndReturn({
    where: { id: before.id, version: before.version },
    data: { state, since, version: { increment: 1 } },
  });
  if (!placement) throw stale();
  return placement;
}

/** Places at school: guardians apply and answer, schools decide. */
export const placementMutations: Resolvers['Mutation'] = {
  applySchoolPlacement: mutation({
    name: 'applySchoolPlacement',
    input: z.strictObject({
      residentId: id,
      schoolId: id,
      grade: count(1, 9),
      termId: id,
      communityCode,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ residentId, schoolId, grade, termId, communityCode: home }, tx: WriteContext<Database>) {
      tx.requireRelation(['residentId'], { subject: residentId });
      const school = await tx.all.school.findUnique({ where: { id: schoolId } });
      if (!school) throw refuse(['schoolId'], 'NOT_FOUND', '没有这所学校，请重新选择。');
      const [first, last] = gradesOf[school.stage];
      if (grade < first || grade > last) {
        throw refuse(['grade'], 'INVALID', `这所学校只有 ${first} 至 ${last} 年级，请核对年级或另选学校。`);
      }
      const term = await tx.all.schoolTerm.findUnique({ where: { id: termId } });
      if (!term) throw refuse(['termId'], 'NOT_FOUND', '没有这个学期，请重新选择。');
      const now = new Date(today(tx.now));
      if (now < term.applicationsFrom || now > term.applicationsUntil) {
        throw refuse(['termId'], 'CLOSED', '这个学期现在不接受申请，请选择正在受理的学期。');
      }
      await tx.lock(`placement ${residentId}`);
      const before = await tx.all.schoolPlacement.findUnique({ where: { residentId } });
      if (before) requireState('residentId', before.state, over, stateNames);
      const entry = {
        schoolId,
        grade,
        termId,
        state: 'APPLIED' as const,
        since: now,
        communityCode: home,
        handlers: [communityTeacher(school.communityCode)],
        minorUntil: await minorUntilOf(tx, residentId),
      };
      const placement = before
        ? await tx.all.schoolPlacement.update({
            where: { id: before.id },
            data: { ...entry, version: { increment: 1 } },
          })
        : await tx.all.schoolPlacement.create({ data: { id: randomUUID(), residentId, ...entry } });
      await noteStep(tx, placement, { actor: 'GUARDIAN', from: before?.state ?? null });
      return { placement };
    },
    made: ({ placement }) => placement.id,
    again: async (made, tx) => ({
      placement: await tx.all.schoolPlacement.findUniqueOrThrow({ where: { id: made } }),
    }),
  }),

  decideSchoolPlacement: mutation({
    name: 'decideSchoolPlacement',
    input: z
      .strictObject({
        placementId: id,
        decision: z.enum(['VERIFY', 'ALLOCATE', 'REJECT', 'ADMIT', 'RELEASE']),
        note: text(200).nullish(),
        expectedVersion: version,
      })
      .refine(({ decision, note }) => decision !== 'REJECT' || note != null, {
        path: ['note'],
        error: '不通过的请写明说明。',
        params: { code: 'REQUIRED' },
      }),
    async run({ placementId, decision, note, expectedVersion }, tx: WriteContext<Database>) {
      const before = await placementOf(tx, placementId);
      requireVersion(before, expectedVersion);
      const { from, to } = decisions[decision];
      requireState('placementId', before.state, from, stateNames);
      const { schoolId, termId } = before;
      if (decision === 'ALLOCATE') {
        await holdSchool(tx, schoolId);
        const { places } = await tx.all.school.findUniqueOrThrow({ where: { id: schoolId } });
        const taken = await tx.all.schoolPlacement.count({ where: { schoolId, state: { in: placed } } });
        if (taken >= places) throw refuse(['placementId'], 'FULL', '这所学校没有空余学位，请与家长商议改派。');
      }
      const placement = await move(tx, before, to);
      await noteStep(tx, placement, { actor: 'SCHOOL', from: before.state, note: note ?? null });
      await tx.emit({ type: 'PlacementDecided', key: schoolId, data: { schoolId, termId, state: to } });
      return { placement };
    },
  }),

  confirmSchoolPlacement: mutation({
    name: 'confirmSchoolPlacement',
    input: z.strictObject({ placementId: id, accept: z.boolean(), expectedVersion: version }),
    async run({ placementId, accept, expectedVersion }, tx: WriteContext<Database>) {
      const before = await placementOf(tx, placementId);
      requireVersion(before, expectedVersion);
      const from: SchoolPlacementState[] = accept ? ['ALLOCATED'] : ['APPLIED', 'VERIFIED', 'ALLOCATED', 'CONFIRMED'];
      requireState('placementId', before.state, from, stateNames);
      const placement = await move(tx, before, accept ? 'CONFIRMED' : 'WITHDRAWN');
      await noteStep(tx, placement, { actor: 'GUARDIAN', from: before.state });
      return { placement };
    },
  }),
};
