import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Pool } from 'pg';
import type { Database } from './database.js';
import { countOfficers } from './queries/officer-counts.js';
import { latestWarnings } from './queries/latest-warnings.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders(pool: Pool, db: Database) {
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

    areasOfWarning: loadByParent(
      (ids) => db.warningArea.findMany({ where: { warningId: { in: ids } }, orderBy: { prefix: 'asc' } }),
      (row) => row.warningId,
    ),

    policePostsOfCommunity: childrenOf(pool, db.policePost, 'id', 'police_post.community_code'),
    officersOfCommunity: childrenOf(pool, db.communityOfficer, 'id', 'community_officer.community_code'),
    officersOfPost: childrenOf(pool, db.communityOfficer, 'id', 'community_officer.post_id'),
    gridCellsOfCommunity: childrenOf(pool, db.gridCell, 'code', 'grid_cell.community_code'),
    eventsOfCommunity: childrenOf(pool, db.gridEvent, 'id', 'grid_event.community_code'),
    eventsOfGridCell: childrenOf(pool, db.gridEvent, 'id', 'grid_event.grid_code'),
    sheltersOfCommunity: childrenOf(pool, db.emergencyShelter, 'id', 'emergency_shelter.community_code'),
    sitesOfCommunity: childrenOf(pool, db.surveillanceSite, 'id', 'surveillance_site.community_code'),

    officerCounts: countOfficers(pool),
    warningsOfCommunity: latestWarnings(pool, db),
  };
}
