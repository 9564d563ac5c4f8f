import { geography } from '@linli/schema/geography';
import { count, id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { LicenceKind, ServiceCategory, ServiceChannel } from '../generated/graphql.js';
import { changed, found, requireVersion, type Tx } from './change.js';

const categories: ServiceCategory[] = [
  'SOCIAL_ASSISTANCE',
  'EMPLOYMENT',
  'SOCIAL_SECURITY',
  'HEALTH',
  'CULTURE_EDUCATION',
  'PUBLIC_SECURITY',
  'LEGAL_AID',
  'CARE',
  'HOUSING',
];
const channels: ServiceChannel[] = ['ONLINE', 'WINDOW', 'KIOSK', 'HOME', 'ASSISTED'];
const licences: LicenceKind[] = [
  'RESIDENCE_PERMIT',
  'HOUSEHOLD_REGISTER',
  'SOCIAL_SECURITY_CARD',
  'DISABILITY_CERTIFICATE',
  'ELDER_CARD',
  'MARRIAGE_CERTIFICATE',
  'TENANCY_FILING',
  'BIRTH_CERTIFICATE',
];

/** The catalogue is the city's: only who is in charge of the whole city may change it. */
export function requireCity(tx: Tx): void {
  tx.requireRelation(null, { community: geography.city.code });
}

const admitInput = z
  .strictObject({
    code: z.string().regex(/^[SP]\d{3,6}$/, { error: '事项编码为 S 或 P 加 3 至 6 位数字，例如 S025。' }),
    name: text(100),
    category: z.enum(categories),
    kind: z.enum(['SERVICE', 'PROOF']),
    workingDays: count(1, 60),
    citywide: z.boolean(),
    channels: z.array(z.enum(channels)).min(1, { error: '请至少选择一个受理渠道。' }).max(channels.length),
    conditions: z.array(text(200)).max(20, { error: '申办条件最多 20 条。' }),
    materials: z
      .array(z.strictObject({ name: text(100), required: z.boolean(), licenceKind: z.enum(licences).nullish() }))
      .max(20, { error: '材料最多 20 份。' }),
  })
  .refine(({ code, kind }) => code.startsWith(kind === 'PROOF' ? 'P' : 'S'), {
    path: ['code'],
    error: '服务事项的编码以 S 开头，证明事项以 P 开头。',
  });

export const admitServiceItem = mutation({
  name: 'admitServiceItem',
  input: admitInput,
  async run({ conditions, materials, ...item }: z.infer<typeof admitInput>, tx: Tx) {
    requireCity(tx);
    const { code } = item;
    const row = await tx.all.serviceItem.create({ data: { ...item, channels: [...new Set(item.channels)] } });
    await tx.all.serviceCondition.createMany({
      data: conditions.map((condition, i) => ({ id: `${code}-${i + 1}`, itemCode: code, text: condition })),
    });
    await tx.all.serviceMaterial.createMany({
      data: materials.map(({ licenceKind, ...material }, i) => ({
        ...material,
        id: `${code}-M${i + 1}`,
        itemCode: code,
        licenceKind: licenceKind ?? null,
      })),
    });
    return { item: row };
  },
  duplicate: refuse(['code'], 'DUPLICATE', '目录中已有这个编码的事项，请换一个编码。'),
});

const removeInput = z.strictObject({ code: id, expectedVersion: version, replacement: text(500) });

/** Cases that are under way are handled to their end; new ones are refused, and told what to do instead. */
export const removeServiceItem = mutation({
  name: 'removeServiceItem',
  input: removeInput,
  async run({ code, expectedVersion, replacement }: z.infer<typeof removeInput>, tx: Tx) {
    requireCity(tx);
    const row = found(await tx.all.serviceItem.findUnique({ where: { code } }), 'code', '事项');
    requireVersion(row, expectedVersion);
    if (row.admission === 'REMOVED') throw refuse(null, 'WRONG_STATE', '该事项已经清理。');
    const item = changed(
      await tx.all.serviceItem.updateManyAndReturn({
        where: { code, version: expectedVersion },
        data: { admission: 'REMOVED', replacement, version: { increment: 1 } },
      }),
    );
    return { item };
  },
});
