import { loadByKey, loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from '../database.js';
import { serviceStatistics } from '../queries/service-statistics.js';

/** The catalogue of services, cases, ratings, and what service centres publish. */
export function serviceLoaders({ db, unscoped }: Access<Database>) {
  return {
    serviceItem: rowByKey(db.serviceItem, 'code'),
    serviceCase: rowByKey(db.serviceCase, 'id'),
    serviceRating: rowByKey(db.serviceRating, 'id'),
    ratingOfCase: loadByKey(
      (ids) => db.serviceRating.findMany({ where: { caseId: { in: ids } } }),
      (row) => row.caseId,
    ),
    conditionsOfItem: loadByParent(
      (codes) => db.serviceCondition.findMany({ where: { itemCode: { in: codes } }, orderBy: { id: 'asc' } }),
      (row) => row.itemCode,
    ),
    materialsOfItem: loadByParent(
      (codes) => db.serviceMaterial.findMany({ where: { itemCode: { in: codes } }, orderBy: { id: 'asc' } }),
      (row) => row.itemCode,
    ),
    materialsOfCase: loadByParent(
      (ids) => db.serviceCaseMaterial.findMany({ where: { caseId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.caseId,
    ),
    course: loadByParent(
      (subjects) => db.courseStep.findMany({ where: { subject: { in: subjects } }, orderBy: { id: 'asc' } }),
      (row) => row.subject,
    ),
    serviceStatistics: async () => serviceStatistics(unscoped),

    serviceResource: rowByKey(db.serviceResource, 'id'),
    serviceFlow: rowByKey(db.serviceFlow, 'id'),
    kiosk: rowByKey(db.kiosk, 'id'),
    kioskSession: rowByKey(db.kioskSession, 'id'),
    resourcesOfCentre: childrenOf(db.serviceResource, 'id', 'facilityId'),
    flowsOfCentre: childrenOf(db.serviceFlow, 'id', 'facilityId'),
    serviceResourcesOfCommunity: childrenOf(db.serviceResource, 'id', 'communityCode'),
    serviceFlowsOfCommunity: childrenOf(db.serviceFlow, 'id', 'communityCode'),
    kiosksOfCommunity: childrenOf(db.kiosk, 'id', 'communityCode'),
    extendedHoursOfCentre: loadByParent(
      (ids) => db.extendedHours.findMany({ where: { facilityId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.facilityId,
    ),
  };
}
