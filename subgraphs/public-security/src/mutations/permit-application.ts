import { id, idempotencyKey, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { PermitApplicationKind, PermitGround, Resolvers } from '../generated/graphql.js';
import type { PermitApplication, PopulationRegistration, ResidencePermit } from '../generated/prisma/client.js';
import { newId } from '../new-id.js';
import { permitState } from '../permit-state.js';
import { endorsableDays, registeredDays } from '../permit-terms.js';
import { dayText, daysLater, shenzhenDay } from '../shenzhen-day.js';
import { changed, type Writing } from '../writing.js';

/** Refuses an application that the register speaks against. */
function checkIssue(registered: PopulationRegistration, permit: ResidencePermit | null, now: Date): void {
  const from = daysLater(registered.registeredOn, registeredDays);
  if (from > shenzhenDay(now)) {
    throw refuse(['residentId'], 'WRONG_STATE', `居住登记未满半年，自 ${dayText(from)} 起可以申领。`);
  }
  const state = permit && permitState(permit, now);
  if (state === 'VALID' || state === 'SUSPENDED') {
    throw refuse(['kind'], 'WRONG_STATE', '已持有居住证，不能再申领；使用功能中止的请申请签注。');
  }
}

function checkEndorsement(permit: ResidencePermit | null, now: Date): void {
  const state = permit && permitState(permit, now);
  if (!permit || state === 'CANCELLED' || state === 'EXPIRED') {
    throw refuse(['kind'], 'WRONG_STATE', '没有有效期内的居住证可以签注，请申领。');
  }
  const from = permit.endorsedUntil && daysLater(permit.endorsedUntil, -endorsableDays);
  if (from && from > shenzhenDay(now)) {
    throw refuse(['kind'], 'WRONG_STATE', `签注尚在有效期内，自 ${dayText(from)} 起可以再签注。`);
  }
}

export const permitApplicationMutations: Resolvers['Mutation'] = {
  applyResidencePermit: mutation({
    name: 'applyResidencePermit',
    input: z.strictObject({
      residentId: id,
      kind: z.custom<PermitApplicationKind>(),
      ground: z.custom<PermitGround>(),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ residentId, kind, ground }, tx: Writing) {
      tx.requireRelation(['residentId'], { subject: residentId });
      await tx.lock(`permit of ${residentId}`);
      const registered = await tx.all.populationRegistration.findUnique({ where: { residentId } });
      if (!registered) throw refuse(['residentId'], 'NOT_FOUND', '没有居住登记，请先办理居住登记。');
      if (registered.kind === 'HUKOU') {
        throw refuse(['residentId'], 'WRONG_STATE', '本市户籍居民不需要居住证。');
      }
      const open = await tx.all.permitApplication.findUnique({ where: { openFor: residentId } });
      if (open) throw refuse(['residentId'], 'DUPLICATE', `申请 ${open.no} 尚未办结，请等待办理或先撤回。`);
      const permit = await tx.all.residencePermit.findUnique({ where: { holderId: residentId } });
      if (kind === 'ISSUE') checkIssue(registered, permit, tx.now);
      else checkEndorsement(permit, tx.now);
      const application = await tx.all.permitApplication.create({
        data: {
          no: newId('x'),
          kind,
          ground,
          state: 'SUBMITTED',
          submittedAt: tx.now,
          applicantId: residentId,
          communityCode: registered.communityCode,
          handlers: registered.handlers,
          minorUntil: registered.minorUntil,
          openFor: residentId,
        },
      });
      const { no, communityCode } = application;
      await tx.emit({ type: 'ResidencePermitApplied', key: no, data: { no, kind, communityCode } });
      return { application };
    },
    made: ({ application }) => application.no,
    again: async (no, tx) => ({ application: await tx.all.permitApplication.findUniqueOrThrow({ where: { no } }) }),
  }),

  withdrawResidencePermitApplication: mutation({
    name: 'withdrawResidencePermitApplication',
    input: z.strictObject({ no: id, expectedVersion: version }),
    async run(input, tx: Writing) {
      const seen = await openApplication(tx, input);
      const application = await settle(tx, seen, { state: 'WITHDRAWN', decidedAt: tx.now, openFor: null });
      return { application };
    },
  }),
};

const settled = { APPROVED: '已办结', REJECTED: '不予办理', WITHDRAWN: '已撤回' } as const;

/** The application that somebody is about to settle, as they have seen it. */
export async function openApplication(
  tx: Writing,
  { no, expectedVersion }: { no: string; expectedVersion: number },
): Promise<PermitApplication> {
  const application = await tx.rows.permitApplication.findUnique({ where: { no } });
  if (!application) throw refuse(['no'], 'NOT_FOUND', '没有这件申请，或不归您办理。');
  if (application.state !== 'SUBMITTED') {
    throw refuse(['no'], 'WRONG_STATE', `申请${settled[application.state]}，只有待办理的可以变更。`);
  }
  if (application.version !== expectedVersion) throw changed();
  return application;
}

/** Writes how an application ended, and says so. */
export async function settle(
  tx: Writing,
  { no, version }: PermitApplication,
  data: Partial<PermitApplication>,
): Promise<PermitApplication> {
  const [application] = await tx.all.permitApplication.updateManyAndReturn({
    where: { no, version },
    data: { ...data, version: version + 1 },
  });
  if (!application) throw changed();
  const { kind, state, communityCode } = application;
  await tx.emit({ type: 'ResidencePermitDecided', key: no, data: { no, kind, state, communityCode } });
  return application;
}
