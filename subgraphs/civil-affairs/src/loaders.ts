import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Pool } from 'pg';
import type { Database } from './database.js';
import { countFacilities } from './queries/facility-counts.js';
import { countOpenAppeals } from './queries/open-appeals.js';
import { summarisePopulation } from './queries/population.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders(pool: Pool, db: Database) {
  return {
    district: rowByKey(db.district, 'id'),
    street: rowByKey(db.street, 'code'),
    community: rowByKey(db.community, 'code'),
    facility: rowByKey(db.facility, 'id'),
    resident: rowByKey(db.resident, 'id'),
    household: rowByKey(db.household, 'id'),
    organization: rowByKey(db.organization, 'id'),
    worker: rowByKey(db.communityWorker, 'id'),
    appeal: rowByKey(db.appeal, 'no'),
    serviceItem: rowByKey(db.serviceItem, 'code'),
    serviceCase: rowByKey(db.serviceCase, 'id'),

    streetsOfDistrict: loadByParent(
      (ids) => db.street.findMany({ where: { districtId: { in: ids } }, orderBy: { code: 'asc' } }),
      (row) => row.districtId,
    ),
    membersOfHousehold: loadByParent(
      (ids) =>
        db.resident.findMany({
          where: { householdId: { in: ids } },
          orderBy: [{ householdRole: 'asc' }, { id: 'asc' }],
        }),
      (row) => row.householdId,
    ),
    casesOfResident: loadByParent(
      (ids) => db.serviceCase.findMany({ where: { applicantId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.applicantId,
    ),

    communitiesOfStreet: childrenOf(pool, db.community, 'code', 'community.street_code'),
    facilitiesOfCommunity: childrenOf(pool, db.facility, 'id', 'facility.community_code'),
    residentsOfCommunity: childrenOf(pool, db.resident, 'id', 'resident.community_code'),
    organizationsOfCommunity: childrenOf(pool, db.organization, 'id', 'organization.community_code'),
    workersOfCommunity: childrenOf(pool, db.communityWorker, 'id', 'community_worker.community_code'),
    appealsOfCommunity: childrenOf(pool, db.appeal, 'no', 'appeal.community_code'),
    appealsOfResident: childrenOf(pool, db.appeal, 'no', 'appeal.appellant_id'),

    facilityCounts: countFacilities(pool),
    population: summarisePopulation(pool),
    openAppeals: countOpenAppeals(pool),
  };
}
