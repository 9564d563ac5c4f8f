import { count, day, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { DutyItem } from '../generated/prisma/client.js';
import { conflict, found, type Tx } from './change.js';
import { requireCity } from './service-catalogue.js';

const code = z.string().regex(/^D-[A-Z0-9_]{2,30}$/, { error: '事项编码以 D- 开头，后接大写字母、数字或下划线。' });

const itemInput = z
  .strictObject({
    category: z.string().regex(/^[A-Z][A-Z_]{1,30}$/, { error: '诉求类别用大写字母与下划线，例如 NOISE。' }),
    title: text(100),
    lead: text(50),
    supporting: z.array(text(50)).max(10, { error: '协办单位最多 10 个。' }),
    workingDays: count(1, 60),
    effectiveFrom: day,
  })
  .refine(({ lead, supporting }) => !supporting.includes(lead), {
    path: ['supporting'],
    error: '牵头单位不必再列为协办单位。',
  });

type Item = z.infer<typeof itemInput>;

/** A version that is in force from now on; appeals of a category that cites the duty go by it. */
async function create(
  tx: Tx,
  dutyCode: string,
  revision: number,
  item: Item,
  changeNote: string | null,
): Promise<DutyItem> {
  if (item.effectiveFrom > tx.now) {
    throw refuse(['item', 'effectiveFrom'], 'INVALID', '生效日期不能晚于今天，请到生效之日再登记。');
  }
  const { title: duty, workingDays } = item;
  await tx.all.appealRule.updateMany({
    where: { dutyItem: dutyCode },
    data: { dutyVersion: revision, duty, workingDays },
  });
  return tx.all.dutyItem.create({
    data: {
      ...item,
      id: `${dutyCode}-${revision}`,
      code: dutyCode,
      revision,
      liveCode: dutyCode,
      supporting: [...new Set(item.supporting)],
      changeNote,
    },
  });
}

const adoptInput = z.strictObject({ code, item: itemInput });

export const adoptDutyItem = mutation({
  name: 'adoptDutyItem',
  input: adoptInput,
  async run({ code: dutyCode, item }: z.infer<typeof adoptInput>, tx: Tx) {
    requireCity(tx);
    return { dutyItem: await create(tx, dutyCode, 1, item, null) };
  },
  duplicate: refuse(['code'], 'DUPLICATE', '职责清单中已有这个编码，请换一个编码，或调整原有事项。'),
});

/** Ends the version in force that the caller saw; of two who do so, one comes too late. */
async function endLive(tx: Tx, dutyCode: string, revision: number, effectiveTo: Date): Promise<DutyItem> {
  const live = found(await tx.all.dutyItem.findUnique({ where: { liveCode: dutyCode } }), 'code', '现行职责事项');
  if (live.revision !== revision) throw refuse(['expectedRevision'], 'CONFLICT', '已被他人调整，请重新读取后再试。');
  if (effectiveTo < live.effectiveFrom) {
    throw refuse(['item', 'effectiveFrom'], 'INVALID', '新版本的生效日期不能早于现行版本的生效日期。');
  }
  const { count: ended } = await tx.all.dutyItem.updateMany({
    where: { id: live.id, liveCode: dutyCode },
    data: { liveCode: null, effectiveTo },
  });
  if (ended === 0) throw conflict();
  return live;
}

const reviseInput = z.strictObject({ code, expectedRevision: version, item: itemInput, changeNote: text(500) });

export const reviseDutyItem = mutation({
  name: 'reviseDutyItem',
  input: reviseInput,
  async run(input: z.infer<typeof reviseInput>, tx: Tx) {
    requireCity(tx);
    const { code: dutyCode, expectedRevision, item, changeNote } = input;
    await endLive(tx, dutyCode, expectedRevision, item.effectiveFrom);
    return { dutyItem: await create(tx, dutyCode, expectedRevision + 1, item, changeNote) };
  },
  duplicate: refuse(['expectedRevision'], 'CONFLICT', '已被他人调整，请重新读取后再试。'),
});

const repealInput = z.strictObject({ code, expectedRevision: version, changeNote: text(500) });

export const repealDutyItem = mutation({
  name: 'repealDutyItem',
  input: repealInput,
  async run({ code: dutyCode, expectedRevision, changeNote }: z.infer<typeof repealInput>, tx: Tx) {
    requireCity(tx);
    if (await tx.all.appealRule.findFirst({ where: { dutyItem: dutyCode } })) {
      throw refuse(['code'], 'WRONG_STATE', '仍有民生诉求按这个事项分派，不能废止，请改为调整。');
    }
    const live = await endLive(tx, dutyCode, expectedRevision, tx.now);
    return { dutyItem: await tx.all.dutyItem.update({ where: { id: live.id }, data: { changeNote } }) };
  },
});
