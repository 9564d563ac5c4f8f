import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Reader } from '@linli/kit/scope/reader';
import type { Database } from '../database.js';

/** What batches the reading of appeals and of what belongs to them. */
export function appealLoaders(db: Reader<Database>) {
  return {
    appeal: rowByKey(db.appeal, 'no'),
    appealSummary: rowByKey(db.appealSummary, 'id'),
    weakSignal: rowByKey(db.weakSignal, 'id'),

    stepsOfAppeal: loadByParent(
      (nos) =>
        db.appealStep.findMany({ where: { appealNo: { in: nos } }, orderBy: [{ appealNo: 'asc' }, { seq: 'asc' }] }),
      (row) => row.appealNo,
    ),
    openSignalsOfCommunity: loadByParent(
      (codes) =>
        db.weakSignal.findMany({ where: { communityCode: { in: codes }, state: 'OPEN' }, orderBy: { id: 'asc' } }),
      (row) => row.communityCode,
    ),

    appealsOfCommunity: childrenOf(db.appeal, 'no', 'communityCode'),
    appealsOfResident: childrenOf(db.appeal, 'no', 'appellantId'),
    summariesOfCommunity: childrenOf(db.appealSummary, 'id', 'communityCode'),
  };
}
