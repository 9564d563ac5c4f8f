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

    policePostsOfCommunity: childrenOf(pool, db.policePost, 'id', {
      table: 'police_post',
      parent: 'community_code',
      key: 'id',
    }),
    officersOfCommunity: childrenOf(pool, db.communityOfficer, 'id', {
      table: 'community_officer',
      parent: 'community_code',
      key: 'id',
    }),
    officersOfPost: childrenOf(pool, db.communityOfficer, 'id', {
      table: 'community_officer',
      parent: 'post_id',
      key: 'id',
    }),
    gridCellsOfCommunity: childrenOf(pool, db.gridCell, 'code', {
      table: 'grid_cell',
      parent: 'community_code',
      key: 'code',
    }),
    eventsOfCommunity: childrenOf(pool, db.gridEvent, 'id', {
      table: 'grid_event',
      parent: 'community_code',
      key: 'id',
    }),
    eventsOfGridCell: childrenOf(pool, db.gridEvent, 'id', { table: 'grid_event', parent: 'grid_code', key: 'id' }),
    sheltersOfCommunity: childrenOf(pool, db.emergencyShelter, 'id', {
      table: 'emergency_shelter',
      parent: 'community_code',
      key: 'id',
    }),
    sitesOfCommunity: childrenOf(pool, db.surveillanceSite, 'id', {
      table: 'surveillance_site',
      parent: 'community_code',
      key: 'id',
    }),

    officerCounts: countOfficers(pool),
    warningsOfCommunity: latestWarnings(pool, db),
  };
}
