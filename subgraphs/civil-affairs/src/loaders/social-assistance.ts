import { loadByParent } from '@linli/kit/loaders';
import { rowByKey } from '@linli/kit/paging/table';
import type { Reader } from '@linli/kit/scope/reader';
import type { Database } from '../database.js';
import { loadByMember } from './by-member.js';

/** Cases of social assistance with their course, and leads to hardship with their signals. */
export function assistanceLoaders(db: Reader<Database>) {
  return {
    welfareCase: rowByKey(db.welfareCase, 'id'),
    casesOfMember: loadByMember(
      (ids) => db.welfareCase.findMany({ where: { memberIds: { hasSome: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.memberIds,
    ),
    stepsOfCase: loadByParent(
      (ids) => db.welfareStep.findMany({ where: { caseId: { in: ids } }, orderBy: { no: 'asc' } }),
      (row) => row.caseId,
    ),
    paymentsOfCase: loadByParent(
      (ids) => db.welfarePayment.findMany({ where: { caseId: { in: ids } }, orderBy: { month: 'desc' } }),
      (row) => row.caseId,
    ),
    hardshipLead: rowByKey(db.hardshipLead, 'id'),
    signalsOfLead: loadByParent(
      (ids) => db.hardshipSignal.findMany({ where: { leadId: { in: ids } }, orderBy: { no: 'asc' } }),
      (row) => row.leadId,
    ),
  };
}
