import { isUnifiedSocialCreditCode } from '@linli/kit/identifiers/unified-social-credit-code';
import { communityCode, id, idempotencyKey, text } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import { DonationKind, OrganizationKind } from '../generated/prisma/enums.js';
import { newId } from '../new-id.js';
import { dayIn } from '../shenzhen-day.js';
import { found, type Tx } from './write.js';

/** Registered kinds, with how their credit codes begin: 5 for civil affairs, then the kind (GB 32100). */
const registered: Partial<Record<OrganizationKind, { name: string; code: string }>> = {
  ASSOCIATION: { name: '社会团体', code: '51' },
  SOCIAL_SERVICE: { name: '社会服务机构', code: '52' },
  FOUNDATION: { name: '基金会', code: '53' },
};

/** Refuses a credit code that is wrong, missing where an organisation is registered, or of another kind. */
function requireCreditCode(kind: OrganizationKind, code: string | null | undefined): void {
  const registration = registered[kind];
  if (code == null) {
    if (registration) throw refuse(['creditCode'], 'REQUIRED', `${registration.name}须填统一社会信用代码。`);
    return;
  }
  if (!isUnifiedSocialCreditCode(code)) {
    throw refuse(['creditCode'], 'INVALID', '统一社会信用代码的校验码不对，请逐位核对。');
  }
  if (registration && !code.startsWith(registration.code)) {
    const expected = `${registration.name}的统一社会信用代码以 ${registration.code} 开头`;
    throw refuse(['creditCode'], 'INVALID', `${expected}，请核对代码或组织类型。`);
  }
}

/** Community organisations are filed, points for donations opened. */
export const organizationMutations: Resolvers['Mutation'] = {
  fileOrganization: mutation({
    name: 'fileOrganization',
    input: z.strictObject({
      communityCode,
      name: text(60),
      kind: z.enum(OrganizationKind),
      creditCode: z.string().nullish(),
      sponsor: text(40).nullish(),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: refuse(['name'], 'DUPLICATE', '同名的组织或这个统一社会信用代码已经备案，请核对。'),
    async run({ communityCode: code, name, kind, creditCode, sponsor }, tx: Tx) {
      tx.requireRelation(['communityCode'], { community: code });
      requireCreditCode(kind, creditCode);
      // Those that came before there were filings have a name, too.
      await tx.lock(`organizations of ${code}`);
      if (await tx.all.organization.findFirst({ where: { communityCode: code, name } })) {
        throw refuse(['name'], 'DUPLICATE', '本社区已有同名的组织，请核对或另取名称。');
      }
      const filedOn = dayIn(tx.now);
      const organization = await tx.all.organization.create({
        data: {
          id: newId('g'),
          name,
          kind,
          creditCode: creditCode ?? null,
          communityCode: code,
          foundedIn: filedOn.getUTCFullYear(),
        },
      });
      await tx.all.organizationFiling.create({
        data: { organizationId: organization.id, filedOn, sponsor: sponsor ?? null, nameKey: `${code} ${name}` },
      });
      return { organization };
    },
    made: ({ organization }) => organization.id,
    again: async (made, tx) => ({ organization: await tx.all.organization.findUniqueOrThrow({ where: { id: made } }) }),
  }),
  openDonationPoint: mutation({
    name: 'openDonationPoint',
    input: z.strictObject({
      communityCode,
      name: text(60),
      facilityId: id.nullish(),
      accepts: z.array(z.enum(DonationKind)).min(1, { error: '请至少选一种捐赠物。' }).max(5),
      openingHours: text(60),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ communityCode: code, name, facilityId, accepts, openingHours }, tx: Tx) {
      tx.requireRelation(['communityCode'], { community: code });
      if (facilityId != null) {
        found(await tx.all.facility.findFirst({ where: { id: facilityId, communityCode: code } }), 'facilityId');
      }
      const point = await tx.all.donationPoint.create({
        data: {
          id: newId('b'),
          name,
          communityCode: code,
          facilityId: facilityId ?? null,
          accepts: [...new Set(accepts)],
          openingHours,
        },
      });
      return { point };
    },
    made: ({ point }) => point.id,
    again: async (made, tx) => ({ point: await tx.all.donationPoint.findUniqueOrThrow({ where: { id: made } }) }),
  }),
};
