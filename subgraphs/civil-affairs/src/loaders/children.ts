import { loadByKey, loadByParent } from '@linli/kit/loaders';
import { rowByKey } from '@linli/kit/paging/table';
import type { Reader } from '@linli/kit/scope/reader';
import type { Database } from '../database.js';

/** Who and what protects children in a place, and the course of reports. */
export function childrenLoaders(db: Reader<Database>) {
  return {
    childProtectionStation: rowByKey(db.childProtectionStation, 'id'),
    childProtectionStationOfStreet: loadByKey(
      (streets) => db.childProtectionStation.findMany({ where: { streetCode: { in: streets } } }),
      (row) => row.streetCode,
    ),
    childrenDirector: loadByKey(
      (codes) => db.childrenDirector.findMany({ where: { communityCode: { in: codes } } }),
      (row) => row.communityCode,
    ),
    childrenHomesOfCommunity: loadByParent(
      (codes) =>
        db.facility.findMany({
          where: { communityCode: { in: codes }, kind: 'CHILDREN_HOME' },
          orderBy: { id: 'asc' },
        }),
      (row) => row.communityCode,
    ),
    stepsOfReport: loadByParent(
      (ids) => db.childProtectionStep.findMany({ where: { reportId: { in: ids } }, orderBy: { no: 'asc' } }),
      (row) => row.reportId,
    ),
  };
}
