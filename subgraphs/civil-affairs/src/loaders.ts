import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from './database.js';
import { communityLifeLoaders } from './loaders/community-life.js';
import { indicatorLoaders } from './loaders/indicators.js';
import { participationLoaders } from './loaders/participation.js';
import { serviceLoaders } from './loaders/services.js';
import { welfareLoaders } from './loaders/welfare.js';
import { assistanceByPlace } from './queries/assistance.js';
import { appealLoaders } from './loaders/appeals.js';
import { kpisByPeriod } from './queries/appeal-kpis.js';
import { countFacilities } from './queries/facility-counts.js';
import { countOpenAppeals } from './queries/open-appeals.js';
import { populationByPlace } from './queries/population.js';
import { smartCareByPlace } from './queries/smart-care.js';
import { standingOf } from './queries/standing.js';
import { timeBankTotals } from './queries/time-bank-totals.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders(access: Access<Database>) {
  const { db, unscoped } = access;
  return {
    ...serviceLoaders(access),
    ...participationLoaders(access),
    ...communityLifeLoaders(access),
    ...indicatorLoaders(access),
    ...appealLoaders(db),
    district: rowByKey(db.district, 'id'),
    street: rowByKey(db.street, 'code'),
    community: rowByKey(db.community, 'code'),
    facility: rowByKey(db.facility, 'id'),
    resident: rowByKey(db.resident, 'id'),
    household: rowByKey(db.household, 'id'),
    organization: rowByKey(db.organization, 'id'),
    worker: rowByKey(db.communityWorker, 'id'),
    childProtectionReport: rowByKey(db.childProtectionReport, 'id'),

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
    reportsOfChild: loadByParent(
      (ids) => db.childProtectionReport.findMany({ where: { childId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.childId!,
    ),

    communitiesOfStreet: childrenOf(db.community, 'code', 'streetCode'),
    facilitiesOfCommunity: childrenOf(db.facility, 'id', 'communityCode'),
    residentsOfCommunity: childrenOf(db.resident, 'id', 'communityCode'),
    organizationsOfCommunity: childrenOf(db.organization, 'id', 'communityCode'),
    workersOfCommunity: childrenOf(db.communityWorker, 'id', 'communityCode'),

    facilityCounts: countFacilities(unscoped),
    populationOfAll: () => populationByPlace(unscoped),
    population: async (place: string) => (await populationByPlace(unscoped)).get(place) ?? null,
    openAppeals: countOpenAppeals(unscoped),
    appealKpis: () => kpisByPeriod(unscoped),
    standing: standingOf(unscoped),
    assistance: async (place: string) => (await assistanceByPlace(unscoped)).get(place) ?? null,
    smartCare: async (place: string) => (await smartCareByPlace(unscoped)).get(place) ?? null,
    timeBankTotals: () => timeBankTotals(unscoped),
    ...welfareLoaders(db),
  };
}
