import { count, id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { MutationResolvers } from '../generated/graphql.js';
import { dateIn, dayIn, yearIn } from '../today.js';
import { newId, requireChanged, requireVersion } from './case.js';
import { estateFor } from './estate.js';
import { year, yuan } from './fields.js';

/** The first day after a quarter, as YYYY-MM-DD. */
function afterQuarter(ofYear: number, quarter: number): string {
  return quarter === 4 ? `${ofYear + 1}-01-01` : `${ofYear}-${String(quarter * 3 + 1).padStart(2, '0')}-01`;
}

const publishPropertyAccount = mutation({
  name: 'publishPropertyAccount',
  input: z.strictObject({
    projectId: id,
    year,
    quarter: count(1, 4),
    commonIncome: yuan,
    commonExpense: yuan,
    maintenanceFund: yuan,
    note: text(500),
    expectedVersion: version.nullish(),
  }),
  duplicate: refuse(['quarter'], 'DUPLICATE', '该季度已公布；更正请送读到的版本号。'),
  async run({ expectedVersion, ...input }, tx: Tx) {
    const { projectId, quarter } = input;
    if (dayIn(tx.now) < afterQuarter(input.year, quarter)) {
      throw refuse(['quarter'], 'INVALID', '该季度尚未结束，请结束后再公布。');
    }
    const project = await estateFor(tx, projectId);
    const key = { projectId_year_quarter: { projectId, year: input.year, quarter } };
    const before = await tx.all.propertyAccount.findUnique({ where: key });
    const publishedOn = dateIn(tx.now);
    if (expectedVersion == null) {
      if (before) throw refuse(['quarter'], 'DUPLICATE', '该季度已公布；更正请送读到的版本号。');
      const made = { id: newId('f'), communityCode: project.communityCode, publishedOn, ...input };
      const account = await tx.all.propertyAccount.create({ data: made });
      return { account };
    }
    if (!before) throw refuse(['expectedVersion'], 'NOT_FOUND', '该季度尚未公布，首次公布不送版本号。');
    requireVersion(before, expectedVersion);
    const where = { id: before.id, version: expectedVersion };
    const data = { ...input, publishedOn, version: { increment: 1 } };
    requireChanged(await tx.all.propertyAccount.updateMany({ where, data }));
    return { account: await tx.all.propertyAccount.findUniqueOrThrow({ where: key }) };
  },
});

const openServicePoint = mutation({
  name: 'openServicePoint',
  input: z.strictObject({
    projectId: id,
    kind: z.enum(['ELDER_CARE', 'CHILD_CARE', 'HOUSEKEEPING', 'PARCEL']),
    name: text(50),
    hours: text(50),
  }),
  duplicate: refuse(['kind'], 'DUPLICATE', '这个小区已有此类服务点。'),
  async run(input, tx: Tx) {
    const { communityCode } = await estateFor(tx, input.projectId);
    const data = { id: newId('w'), communityCode, ...input };
    const servicePoint = await tx.all.propertyServicePoint.create({ data });
    const { id: servicePointId, kind, projectId } = servicePoint;
    await tx.emit({
      type: 'ServicePointOpened',
      key: servicePointId,
      data: { servicePointId, kind, projectId, communityCode },
    });
    return { servicePoint };
  },
});

const recordEstateAssessment = mutation({
  name: 'recordEstateAssessment',
  input: z.strictObject({
    projectId: id,
    year,
    complete: z.boolean(),
    green: z.boolean(),
    within15Minutes: z.boolean(),
    parkInReach: z.boolean(),
  }),
  duplicate: refuse(['year'], 'DUPLICATE', '这个小区该年度的评估已登记。'),
  async run(input, tx: Tx) {
    if (input.year > yearIn(tx.now)) throw refuse(['year'], 'INVALID', '评估年度不晚于今年。');
    const { communityCode } = await estateFor(tx, input.projectId);
    const data = { id: newId('e'), communityCode, assessedOn: dateIn(tx.now), ...input };
    return { assessment: await tx.all.estateAssessment.create({ data }) };
  },
});

/** What estates publish and offer, and what they are found to be. */
export const propertyServiceMutations: MutationResolvers = {
  publishPropertyAccount,
  openServicePoint,
  recordEstateAssessment,
};
