import { id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { addWorkingDays, dayOf, workingDaysBetween } from '../working-days.js';
import type { Tx } from './change.js';
import { caseToMove, moveCase } from './service-case.js';
import { materialInputs, missingMaterials, receivedMaterials } from './service-materials.js';

const ofCase = { caseId: id, expectedVersion: version };
const date = (day: string) => new Date(`${day}T00:00:00Z`);

const supplementInput = z.strictObject({
  ...ofCase,
  materials: materialInputs.min(1, { error: '请至少补充一份材料。' }),
});

/** The applicant, or staff for them, hands in what was missing; the time that it took does not count. */
export const supplementService = mutation({
  name: 'supplementService',
  input: supplementInput,
  async run(input: z.infer<typeof supplementInput>, tx: Tx) {
    const row = await caseToMove(tx, input, ['APPLIED', 'SUPPLEMENT_NEEDED']);
    const received = await receivedMaterials(tx, row.itemCode, row.applicantId, input.materials);
    for (const one of received) {
      if (one.source === 'MISSING') continue;
      const { materialId, source, licenceId, document } = one;
      const { count } = await tx.all.serviceCaseMaterial.updateMany({
        where: { caseId: row.id, materialId },
        data: { source, licenceId, document },
      });
      if (count === 0) await tx.all.serviceCaseMaterial.create({ data: { ...one, caseId: row.id } });
    }
    const missing = await missingMaterials(tx, row.id);
    if (row.state === 'APPLIED') {
      return { case: await moveCase(tx, row, { state: 'APPLIED' }, '补充材料') };
    }
    if (missing.length > 0) {
      throw refuse(['materials'], 'REQUIRED', `仍缺：${missing.join('、')}，请一并补充。`);
    }
    const { acceptedAt, dueOn, pausedOn } = row;
    const waited = pausedOn ? workingDaysBetween(pausedOn.toISOString().slice(0, 10), dayOf(tx.now)) : 0;
    return {
      case: await moveCase(tx, row, {
        state: acceptedAt ? 'HANDLING' : 'APPLIED',
        pausedOn: null,
        ...(dueOn && { dueOn: date(addWorkingDays(dueOn.toISOString().slice(0, 10), waited)) }),
      }),
    };
  },
});

const withdrawInput = z.strictObject({ ...ofCase, reason: text(500).nullish() });

export const withdrawService = mutation({
  name: 'withdrawService',
  input: withdrawInput,
  async run(input: z.infer<typeof withdrawInput>, tx: Tx) {
    const row = await caseToMove(tx, input, ['APPLIED', 'SUPPLEMENT_NEEDED', 'HANDLING']);
    return { case: await moveCase(tx, row, { state: 'WITHDRAWN', pausedOn: null }, input.reason) };
  },
});

const acceptInput = z.strictObject(ofCase);

/** Staff take the case on: the term begins, and whoever took it handles it from then on. */
export const acceptService = mutation({
  name: 'acceptService',
  input: acceptInput,
  async run(input: z.infer<typeof acceptInput>, tx: Tx) {
    const row = await caseToMove(tx, input, ['APPLIED']);
    const missing = await missingMaterials(tx, row.id);
    if (missing.length > 0) {
      throw refuse(null, 'WRONG_STATE', `还缺必需的材料：${missing.join('、')}，请先要求补充。`);
    }
    const { workingDays } = await tx.all.serviceItem.findUniqueOrThrow({ where: { code: row.itemCode } });
    const { staffId } = tx.subject;
    const handlers =
      staffId === undefined || row.handlers.includes(staffId) ? row.handlers : [...row.handlers, staffId];
    return {
      case: await moveCase(tx, row, {
        state: 'HANDLING',
        acceptedAt: tx.now,
        dueOn: date(addWorkingDays(dayOf(tx.now), workingDays)),
        handlers,
      }),
    };
  },
});

const askInput = z.strictObject({
  ...ofCase,
  note: text(1000),
  materialIds: z.array(id).max(20, { error: '材料最多 20 份。' }).nullish(),
});

/** Staff say once what is missing (一次告知); until it comes, the term stands still. */
export const requestServiceSupplement = mutation({
  name: 'requestServiceSupplement',
  input: askInput,
  async run(input: z.infer<typeof askInput>, tx: Tx) {
    const row = await caseToMove(tx, input, ['APPLIED', 'HANDLING']);
    const { count } = await tx.all.serviceCaseMaterial.updateMany({
      where: { caseId: row.id, materialId: { in: input.materialIds ?? [] } },
      data: { source: 'MISSING', licenceId: null, document: null },
    });
    if (count < new Set(input.materialIds).size) {
      throw refuse(['materialIds'], 'NOT_FOUND', '办件中没有其中的某份材料，请核对。');
    }
    return {
      case: await moveCase(
        tx,
        row,
        { state: 'SUPPLEMENT_NEEDED', reply: input.note, pausedOn: date(dayOf(tx.now)) },
        input.note,
      ),
    };
  },
});

const decideInput = z.strictObject({ ...ofCase, outcome: z.enum(['APPROVED', 'REJECTED']), reply: text(1000) });

export const decideService = mutation({
  name: 'decideService',
  input: decideInput,
  async run(input: z.infer<typeof decideInput>, tx: Tx) {
    const row = await caseToMove(tx, input, ['HANDLING']);
    const { outcome, reply } = input;
    return { case: await moveCase(tx, row, { state: 'DECIDED', decidedAt: tx.now, outcome, reply }, reply) };
  },
});
