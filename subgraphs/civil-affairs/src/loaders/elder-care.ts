import { loadByKey, loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Reader } from '@linli/kit/scope/reader';
import type { Database } from '../database.js';

/** Sites of elder care with their places; profiles, day care and home care of old residents. */
export function elderCareLoaders(db: Reader<Database>) {
  return {
    elderSite: rowByKey(db.elderSite, 'id'),
    elderSitesOfCommunity: childrenOf(db.elderSite, 'id', 'communityCode'),
    elderCentreOfStreet: loadByKey(
      (streets) => db.elderSite.findMany({ where: { centreOf: { in: streets } } }),
      (row) => row.centreOf!,
    ),
    placesOfSite: loadByParent(
      (ids) => db.elderPlaces.findMany({ where: { siteId: { in: ids } }, orderBy: { mode: 'asc' } }),
      (row) => row.siteId,
    ),
    elderProfile: rowByKey(db.elderProfile, 'id'),
    elderProfileOfResident: loadByKey(
      (ids) => db.elderProfile.findMany({ where: { residentId: { in: ids } } }),
      (row) => row.residentId,
    ),
    assessmentsOfProfile: loadByParent(
      (ids) => db.elderAssessment.findMany({ where: { profileId: { in: ids } }, orderBy: { no: 'asc' } }),
      (row) => row.profileId,
    ),
    dayCareEnrolment: rowByKey(db.dayCareEnrolment, 'id'),
    dayCareOfResident: loadByParent(
      (ids) => db.dayCareEnrolment.findMany({ where: { residentId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.residentId,
    ),
    homeCareOrder: rowByKey(db.homeCareOrder, 'id'),
    homeCareOfResident: childrenOf(db.homeCareOrder, 'id', 'residentId'),
  };
}
