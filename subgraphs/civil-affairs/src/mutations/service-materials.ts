import { refuse } from '@linli/kit/writing/refusal';
import { id, text } from '@linli/kit/writing/fields';
import { z } from 'zod';
import type { ServiceCaseMaterial, ServiceMaterial } from '../generated/prisma/client.js';
import { isValid } from '../resolvers/base-data.js';
import { newId, type Tx } from './change.js';

/** One material as it is handed in: a licence, a document or a promise. */
export const materialInput = z
  .strictObject({
    materialId: id,
    licenceId: id.nullish(),
    document: text(200).nullish(),
    promised: z.boolean().nullish(),
  })
  .refine((one) => [one.licenceId, one.document, one.promised || null].filter((way) => way != null).length === 1, {
    error: '每份材料请从电子证照、文件、告知承诺三者中选一种。',
  });
export const materialInputs = z.array(materialInput).max(20, { error: '材料最多 20 份。' });

type Given = z.infer<typeof materialInput>;

/** Refuses a licence that is not the applicant's, not of the kind, not valid, or not agreed to be used for this. */
async function requireLicence(
  tx: Tx,
  path: string[],
  licenceId: string,
  { applicantId, material }: { applicantId: string; material: ServiceMaterial },
): Promise<void> {
  const licence = await tx.all.licence.findUnique({ where: { id: licenceId } });
  if (licence?.holderId !== applicantId || licence.kind !== material.licenceKind) {
    throw refuse(path, 'NOT_FOUND', `申办人没有可以代替“${material.name}”的这件电子证照。`);
  }
  if (!isValid(licence)) throw refuse(path, 'INVALID', '这件电子证照已失效，请提交文件。');
  const consent = await tx.all.licenceConsent.findFirst({
    where: { licenceId, itemCode: material.itemCode, withdrawnAt: null },
  });
  if (!consent) throw refuse(path, 'NOT_ALLOWED', '持证人没有同意把这件电子证照用于该事项，请先取得同意或提交文件。');
}

/** Checks what was handed in against what the service asks for; what is left out is missing. */
export async function receivedMaterials(
  tx: Tx,
  itemCode: string,
  applicantId: string,
  given: readonly Given[],
): Promise<Omit<ServiceCaseMaterial, 'caseId'>[]> {
  const asked = await tx.all.serviceMaterial.findMany({ where: { itemCode }, orderBy: { id: 'asc' } });
  for (const [i, { materialId, licenceId }] of given.entries()) {
    const path = ['materials', String(i)];
    const material = asked.find((each) => each.id === materialId);
    if (!material) throw refuse([...path, 'materialId'], 'NOT_FOUND', '该事项不需要这份材料，请核对材料清单。');
    if (given.findIndex((each) => each.materialId === materialId) !== i) {
      throw refuse([...path, 'materialId'], 'DUPLICATE', `“${material.name}”提交了不止一次，请只留一次。`);
    }
    if (licenceId != null) await requireLicence(tx, [...path, 'licenceId'], licenceId, { applicantId, material });
  }
  return asked.map(({ id: materialId, name }) => {
    const one = given.find((each) => each.materialId === materialId);
    const source = !one ? 'MISSING' : one.licenceId ? 'LICENCE' : one.promised ? 'PROMISED' : 'SUBMITTED';
    const licenceId = one?.licenceId ?? null;
    return { id: newId('m'), materialId, name, source, licenceId, document: one?.document ?? null };
  });
}

/** Names of what is required and missing. */
export async function missingMaterials(tx: Tx, caseId: string): Promise<string[]> {
  const [missing, { itemCode }] = await Promise.all([
    tx.all.serviceCaseMaterial.findMany({ where: { caseId, source: 'MISSING' }, orderBy: { id: 'asc' } }),
    tx.all.serviceCase.findUniqueOrThrow({ where: { id: caseId } }),
  ]);
  const required = await tx.all.serviceMaterial.findMany({ where: { itemCode, required: true } });
  return missing
    .filter((one) => required.some(({ id: materialId }) => materialId === one.materialId))
    .map(({ name }) => name);
}
