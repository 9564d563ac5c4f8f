import { id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import type { PermitApplication, ResidencePermit } from '../generated/prisma/client.js';
import { newId } from '../new-id.js';
import { permitState } from '../permit-state.js';
import { endorsedDays, permitDays } from '../permit-terms.js';
import { daysLater, shenzhenDay } from '../shenzhen-day.js';
import type { Writing } from '../writing.js';
import { openApplication, settle } from './permit-application.js';

/** A new permit; where the holder has had one before that is over, in its place. */
async function issue(tx: Writing, { applicantId, communityCode, handlers, minorUntil }: PermitApplication) {
  const today = shenzhenDay(tx.now);
  const data = {
    no: newId('z'),
    issuedOn: today,
    validUntil: daysLater(today, permitDays),
    endorsedUntil: daysLater(today, endorsedDays),
    cancelledOn: null,
    expiredOn: null,
    communityCode,
    handlers,
    minorUntil,
  };
  return tx.all.residencePermit.upsert({
    where: { holderId: applicantId },
    create: { ...data, holderId: applicantId },
    update: data,
  });
}

/** A permit can be used for another year, but not beyond its own end. */
async function endorse(tx: Writing, { applicantId }: PermitApplication): Promise<ResidencePermit> {
  const permit = await tx.all.residencePermit.findUnique({ where: { holderId: applicantId } });
  const state = permit && permitState(permit, tx.now);
  if (!permit || state === 'CANCELLED' || state === 'EXPIRED') {
    throw refuse(['no'], 'WRONG_STATE', '申请人没有有效期内的居住证可以签注，请不予办理并说明。');
  }
  const until = daysLater(shenzhenDay(tx.now), endorsedDays);
  return tx.all.residencePermit.update({
    where: { no: permit.no },
    data: { endorsedUntil: until < permit.validUntil ? until : permit.validUntil },
  });
}

export const permitDecisionMutations: Resolvers['Mutation'] = {
  decideResidencePermit: mutation({
    name: 'decideResidencePermit',
    input: z.strictObject({ no: id, expectedVersion: version, approve: z.boolean(), reason: text(500).nullish() }),
    async run({ approve, reason, ...input }, tx: Writing) {
      const seen = await openApplication(tx, input);
      if (seen.applicantId === tx.subject.residentId) {
        throw refuse(['no'], 'NOT_ALLOWED', '不能办理本人的申请，请由他人办理。');
      }
      if (!approve && reason == null) throw refuse(['reason'], 'REQUIRED', '不予办理的，请填写理由。');
      if (approve && reason != null) throw refuse(['reason'], 'INVALID', '准予的不填写理由，请留空。');
      await tx.lock(`permit of ${seen.applicantId}`);
      const application = await settle(tx, seen, {
        state: approve ? 'APPROVED' : 'REJECTED',
        decidedAt: tx.now,
        reason: reason ?? null,
        openFor: null,
      });
      if (!approve) return { application, permit: null };
      const permit = await (application.kind === 'ISSUE' ? issue(tx, application) : endorse(tx, application));
      return { application, permit };
    },
  }),
};
