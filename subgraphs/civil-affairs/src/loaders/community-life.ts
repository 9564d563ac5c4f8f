import { loadByKey, loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from '../database.js';
import { serviceCircles } from '../queries/service-circle.js';

/** Shops, community workers and their committees, duties, archives, the base databases, and the plan's ledger. */
export function communityLifeLoaders({ db, unscoped }: Access<Database>) {
  return {
    shop: rowByKey(db.shop, 'id'),
    parcelPoint: rowByKey(db.parcelPoint, 'id'),
    shopsOfCommunity: childrenOf(db.shop, 'id', 'communityCode'),
    parcelPointsOfCommunity: childrenOf(db.parcelPoint, 'id', 'communityCode'),
    serviceCircle: serviceCircles(unscoped),

    workerTraining: rowByKey(db.workerTraining, 'id'),
    trainingsOfWorker: loadByParent(
      (ids) => db.workerTraining.findMany({ where: { workerId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.workerId,
    ),
    subCommittee: rowByKey(db.subCommittee, 'id'),
    subCommitteesOfCommunity: loadByParent(
      (codes) => db.subCommittee.findMany({ where: { communityCode: { in: codes } }, orderBy: { kind: 'asc' } }),
      (row) => row.communityCode,
    ),
    liaison: rowByKey(db.liaison, 'id'),
    dutyItem: rowByKey(db.dutyItem, 'id'),
    revisionsOfDuty: loadByParent(
      (codes) => db.dutyItem.findMany({ where: { code: { in: codes } }, orderBy: { revision: 'desc' } }),
      (row) => row.code,
    ),
    serviceArchive: rowByKey(db.serviceArchive, 'id'),
    archivesOfCommunity: childrenOf(db.serviceArchive, 'id', 'communityCode'),
    entriesOfArchive: loadByParent(
      (ids) => db.archiveEntry.findMany({ where: { archiveId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.archiveId,
    ),

    licence: rowByKey(db.licence, 'id'),
    licencesOfResident: loadByParent(
      (ids) => db.licence.findMany({ where: { holderId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.holderId,
    ),
    licenceConsent: rowByKey(db.licenceConsent, 'id'),
    consentsOfResident: loadByParent(
      (ids) =>
        db.licenceConsent.findMany({ where: { holderId: { in: ids } }, orderBy: [{ givenAt: 'desc' }, { id: 'asc' }] }),
      (row) => row.holderId,
    ),
    creditRecord: rowByKey(db.creditRecord, 'id'),
    creditOfCommunity: childrenOf(db.creditRecord, 'id', 'communityCode'),
    creditOfOrganization: childrenOf(db.creditRecord, 'id', 'organizationId'),
    spatialUnit: loadByKey(
      (codes) => db.spatialUnit.findMany({ where: { communityCode: { in: codes } } }),
      (row) => row.communityCode,
    ),
    dataAsset: rowByKey(db.dataAsset, 'id'),

    notesOfTask: loadByParent(
      (numbers) => db.planTaskNote.findMany({ where: { taskNo: { in: numbers.map(Number) } }, orderBy: { id: 'asc' } }),
      (row) => String(row.taskNo),
    ),
  };
}
