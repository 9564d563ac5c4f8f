import { communityCode, id, idempotencyKey, text } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { ageOn } from '../age.js';
import type { Resolvers } from '../generated/graphql.js';
import type { Resident } from '../generated/prisma/client.js';
import { HardshipReason, WelfareKind } from '../generated/prisma/enums.js';
import { signalHardship, sourceOf } from '../hardship.js';
import { openCase } from '../welfare-cases.js';
import { servedResident, type Tx } from './write.js';

const ofAge = 18;
const forChildren: readonly WelfareKind[] = ['CHILD_IN_DIFFICULTY', 'LEFT_BEHIND_CHILD'];

const covered = refuse(['kind'], 'DUPLICATE', '所列成员中有人已在同类救助的个案中，请先办结那一件。');

/** Aid for children is about children alone. */
function requireAges(kind: WelfareKind, members: readonly Resident[], field: string, now: Date): void {
  if (forChildren.includes(kind) && members.some(({ birthDate }) => ageOn(birthDate, now) >= ofAge)) {
    throw refuse([field], 'INVALID', '这类救助只覆盖不满十八周岁的人，请核对成员或改选类别。');
  }
}

const again = async (made: string, tx: Tx) => ({
  case: await tx.all.welfareCase.findUniqueOrThrow({ where: { id: made } }),
});

/** How people in need come to be known: they apply, staff refer them, anybody tells of them. */
export const welfareIntakeMutations: Resolvers['Mutation'] = {
  applyForAssistance: mutation({
    name: 'applyForAssistance',
    input: z.strictObject({
      kind: z.enum(WelfareKind),
      applicantId: id,
      memberIds: z.array(id).min(1, { error: '请至少填一名成员。' }).max(20, { error: '成员至多 20 人。' }),
      situation: text(1000),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: covered,
    async run({ kind, applicantId, memberIds, situation }, tx: Tx) {
      const applicant = await servedResident(tx, applicantId, 'applicantId');
      const wanted = [...new Set(memberIds)];
      const members = await tx.all.resident.findMany({
        where: { id: { in: wanted }, householdId: applicant.householdId },
        orderBy: { id: 'asc' },
      });
      if (members.length < wanted.length) {
        throw refuse(['memberIds'], 'INVALID', '有的成员与申请人不同户，请核对。');
      }
      requireAges(kind, members, 'memberIds', tx.now);
      const by = tx.subject.staffId ?? null;
      return { case: await openCase(tx, { kind, foundBy: 'APPLICATION', applicant, members, situation, by }) };
    },
    made: (payload) => payload.case.id,
    again,
  }),
  referForAssistance: mutation({
    name: 'referForAssistance',
    input: z.strictObject({
      kind: z.enum(WelfareKind),
      residentId: id,
      situation: text(1000),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: covered,
    async run({ kind, residentId, situation }, tx: Tx) {
      const resident = await servedResident(tx, residentId);
      requireAges(kind, [resident], 'residentId', tx.now);
      const by = tx.subject.staffId ?? null;
      const members = [resident];
      return { case: await openCase(tx, { kind, foundBy: 'REFERRAL', applicant: resident, members, situation, by }) };
    },
    made: (payload) => payload.case.id,
    again,
  }),
  reportHardship: mutation({
    name: 'reportHardship',
    input: z.strictObject({
      communityCode,
      residentId: id.nullish(),
      reason: z.enum(HardshipReason),
      detail: text(1000),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run(input, tx: Tx) {
      const { residentId, reason, detail } = input;
      const resident = residentId == null ? null : await tx.all.resident.findUnique({ where: { id: residentId } });
      tx.requireRelation(null, {
        subject: residentId ?? null,
        community: input.communityCode,
        assigned: resident?.handlers ?? [],
      });
      const source = sourceOf(tx.subject.roles);
      const leadId = await signalHardship(tx, { resident, communityCode: input.communityCode, source, reason, detail });
      return { leadId, received: true, lead: await tx.visible.hardshipLead.findUnique({ where: { id: leadId } }) };
    },
    made: ({ leadId }) => leadId,
    again: async (leadId, tx) => ({
      leadId,
      received: true,
      lead: await tx.visible.hardshipLead.findUnique({ where: { id: leadId } }),
    }),
  }),
};
