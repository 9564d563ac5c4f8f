import { isUnifiedSocialCreditCode } from '@linli/kit/identifiers/unified-social-credit-code';
import { communityCode, count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { LifecycleStage } from '../generated/graphql.js';
import { changed, conflict, found, newId, requireVersion, type Tx } from './change.js';
import { requireCity } from './service-catalogue.js';

const creditInput = z.strictObject({
  creditCode: z
    .string()
    .refine(isUnifiedSocialCreditCode, { error: '统一社会信用代码的校验码不对，请核对 18 位代码。' }),
  name: text(100),
  communityCode,
  organizationId: id.nullish(),
  sector: z.enum(['ELDER_CARE', 'CHILD_CARE', 'DOMESTIC_SERVICE', 'PROPERTY']),
  year: z.int().min(2015, { error: '年份不早于 2015 年。' }),
  grade: z.enum(['A', 'B', 'C', 'D']),
  basis: text(500),
  expectedVersion: version.nullish(),
});

/** The grade of a provider in one sector and year; given again, it takes the place of the last. */
export const recordCredit = mutation({
  name: 'recordCredit',
  input: creditInput,
  async run({ expectedVersion, ...given }: z.infer<typeof creditInput>, tx: Tx) {
    const { creditCode, sector, year } = given;
    tx.requireRelation(['communityCode'], { community: given.communityCode });
    if (year > tx.now.getUTCFullYear()) throw refuse(['year'], 'INVALID', '年份不能晚于今年。');
    const organizationId = given.organizationId ?? null;
    if (organizationId !== null) {
      const organization = await tx.all.organization.findUnique({ where: { id: organizationId } });
      if (organization?.creditCode !== creditCode) {
        throw refuse(['organizationId'], 'NOT_FOUND', '没有统一社会信用代码与之相符的社会组织，请核对。');
      }
    }
    const where = { creditCode_sector_year: { creditCode, sector, year } };
    const there = await tx.all.creditRecord.findUnique({ where });
    if (!there) {
      if (expectedVersion != null) throw conflict();
      return { record: await tx.all.creditRecord.create({ data: { ...given, organizationId, id: newId('credit-') } }) };
    }
    requireVersion(there, expectedVersion);
    const record = changed(
      await tx.all.creditRecord.updateManyAndReturn({
        where: { id: there.id, version: there.version },
        data: { ...given, organizationId, version: { increment: 1 } },
      }),
    );
    return { record };
  },
  duplicate: conflict(),
});

const assetInput = z
  .strictObject({
    name: text(100),
    base: z.enum(['人口', '法人', '房屋', '自然资源与空间地理', '电子证照', '公共信用']).nullish(),
    source: text(100),
    steward: text(50),
    level: count(1, 4),
    sharing: z.enum(['UNCONDITIONAL', 'CONDITIONAL', 'NONE']),
    openClass: z.enum(['OPEN', 'CONDITIONAL', 'NOT_OPEN']),
    fields: count(1, 10_000),
    idempotencyKey: idempotencyKey.nullish(),
  })
  .refine(({ level, openClass }) => openClass !== 'OPEN' || level === 1, {
    path: ['openClass'],
    error: '只有一级数据可以无条件开放。',
  })
  .refine(({ level, openClass }) => openClass === 'NOT_OPEN' || level <= 2, {
    path: ['openClass'],
    error: '三级以上的数据不予开放。',
  });

/** Officers register what their own department holds; it begins with collecting. */
export const registerDataAsset = mutation({
  name: 'registerDataAsset',
  input: assetInput,
  async run({ idempotencyKey: _, base, ...asset }: z.infer<typeof assetInput>, tx: Tx) {
    requireCity(tx);
    const { department } = tx.subject;
    if (department === undefined) throw refuse(null, 'NOT_ALLOWED', '只有部门的数据专员可以登记。');
    const row = await tx.all.dataAsset.create({
      data: { ...asset, base: base ?? null, id: newId('asset-'), department, type: null, stage: 'COLLECTING' },
    });
    return { asset: row };
  },
  made: ({ asset }) => asset.id,
  again: async (made, tx) => ({ asset: await tx.all.dataAsset.findUniqueOrThrow({ where: { id: made } }) }),
});

const stages: LifecycleStage[] = ['COLLECTING', 'CIRCULATING', 'PROCESSING', 'IN_USE', 'RETIRED'];
const stageNames: Record<LifecycleStage, string> = {
  COLLECTING: '采集',
  CIRCULATING: '流转',
  PROCESSING: '加工',
  IN_USE: '使用',
  RETIRED: '已停用',
};

const moveInput = z.strictObject({ assetId: id, expectedVersion: version, stage: z.enum(stages) });

/** One stage on, or out of use from any. */
export const moveDataAsset = mutation({
  name: 'moveDataAsset',
  input: moveInput,
  async run({ assetId, expectedVersion, stage }: z.infer<typeof moveInput>, tx: Tx) {
    requireCity(tx);
    const row = found(await tx.all.dataAsset.findUnique({ where: { id: assetId } }), 'assetId', '数据资源');
    if (row.department !== tx.subject.department) {
      throw refuse(['assetId'], 'NOT_ALLOWED', '只有归口部门的数据专员可以调整。');
    }
    requireVersion(row, expectedVersion);
    const next = stages[stages.indexOf(row.stage) + 1];
    if (row.stage === 'RETIRED' || (stage !== next && stage !== 'RETIRED')) {
      const possible = row.stage === 'RETIRED' ? '不能再调整' : `只能转为“${stageNames[next!]}”或“已停用”`;
      throw refuse(['stage'], 'WRONG_STATE', `当前阶段为“${stageNames[row.stage]}”，${possible}。`);
    }
    const asset = changed(
      await tx.all.dataAsset.updateManyAndReturn({
        where: { id: assetId, version: expectedVersion },
        data: { stage, version: { increment: 1 } },
      }),
    );
    return { asset };
  },
});
