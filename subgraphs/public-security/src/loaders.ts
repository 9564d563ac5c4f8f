import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from './database.js';
import { countOfficers } from './queries/officer-counts.js';
import { latestIncidents } from './queries/latest-incidents.js';
import { latestWarnings } from './queries/latest-warnings.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders({ db, sql, unscoped }: Access<Database>) {
  return {
    policePost: rowByKey(db.policePost, 'id'),
    officer: rowByKey(db.communityOfficer, 'id'),
    registration: rowByKey(db.populationRegistration, 'id'),
    registrationOfResident: rowByKey(db.populationRegistration, 'residentId'),
    permit: rowByKey(db.residencePermit, 'no'),
    permitOfResident: rowByKey(db.residencePermit, 'holderId'),
    gridCell: rowByKey(db.gridCell, 'code'),
    gridEvent: rowByKey(db.gridEvent, 'id'),
    shelter: rowByKey(db.emergencyShelter, 'id'),
    emergencyPlan: rowByKey(db.emergencyPlan, 'id'),
    emergencyPlanOfCommunity: rowByKey(db.emergencyPlan, 'communityCode'),
    warning: rowByKey(db.warning, 'id'),
    surveillanceSite: rowByKey(db.surveillanceSite, 'id'),
    incident: rowByKey(db.incident, 'id'),
    correctionCase: rowByKey(db.correctionCase, 'id'),

    areasOfWarning: loadByParent(
      (ids) => db.warningArea.findMany({ where: { warningId: { in: ids } }, orderBy: { prefix: 'asc' } }),
      (row) => row.warningId,
    ),
    correctionsOfResident: loadByParent(
      (ids) => db.correctionCase.findMany({ where: { personId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.personId,
    ),

    policePostsOfCommunity: childrenOf(db.policePost, 'id', 'communityCode'),
    officersOfCommunity: childrenOf(db.communityOfficer, 'id', 'communityCode'),
    officersOfPost: childrenOf(db.communityOfficer, 'id', 'postId'),
    gridCellsOfCommunity: childrenOf(db.gridCell, 'code', 'communityCode'),
    eventsOfCommunity: childrenOf(db.gridEvent, 'id', 'communityCode'),
    eventsOfGridCell: childrenOf(db.gridEvent, 'id', 'gridCode'),
    sheltersOfCommunity: childrenOf(db.emergencyShelter, 'id', 'communityCode'),
    sitesOfCommunity: childrenOf(db.surveillanceSite, 'id', 'communityCode'),

    officerCounts: countOfficers(unscoped),
    incidentsOfResident: latestIncidents(sql, db),
    warningsOfCommunity: latestWarnings(sql, db),
  };
}
