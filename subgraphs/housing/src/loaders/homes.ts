import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Reader } from '@linli/kit/scope/reader';
import DataLoader from 'dataloader';
import type { Database } from '../database.js';
import type { UnitOwnership } from '../generated/prisma/client.js';

/** Homes that one resident may own and be shown at once. */
const mostHomes = 200;

/** Homes, by what right somebody lives in them, and what their residents ask for. */
export function createHomeLoaders(db: Reader<Database>) {
  return {
    unit: rowByKey(db.housingUnit, 'code'),
    unitsOfBuilding: childrenOf(db.housingUnit, 'code', 'buildingCode'),

    tenancy: rowByKey(db.tenancy, 'id'),
    tenancyOfHousehold: rowByKey(db.tenancy, 'householdId'),
    tenancyOfUnit: rowByKey(db.tenancy, 'unitCode'),

    ownership: rowByKey(db.unitOwnership, 'id'),
    ownershipOfUnit: rowByKey(db.unitOwnership, 'unitCode'),
    /** Homes may have several owners, so that one home can be listed under several of them. */
    ownershipsOfResident: new DataLoader(async (residents: readonly string[]): Promise<UnitOwnership[][]> => {
      const rows = await db.unitOwnership.findMany({
        where: { owners: { hasSome: [...residents] } },
        orderBy: { id: 'asc' },
      });
      return residents.map((id) => rows.filter(({ owners }) => owners.includes(id)).slice(0, mostHomes));
    }),

    filing: rowByKey(db.leaseFiling, 'id'),
    filingOfTenancy: filingByTenancy(db),
    filingsOfResident: childrenOf(db.leaseFiling, 'id', 'tenantId'),

    work: rowByKey(db.accessibilityWork, 'id'),
    worksOfResident: childrenOf(db.accessibilityWork, 'id', 'applicantId'),
    repair: rowByKey(db.repairRequest, 'id'),
    repairsOfResident: childrenOf(db.repairRequest, 'id', 'reporterId'),
    repairsOfProject: childrenOf(db.repairRequest, 'id', 'projectId'),
  };
}

/** The filing behind a registration; a filing that has ended stands behind none. */
function filingByTenancy(db: Reader<Database>) {
  return new DataLoader(async (tenancies: readonly string[]) => {
    const rows = await db.leaseFiling.findMany({ where: { tenancyId: { in: [...tenancies] } } });
    const byTenancy = new Map(rows.map((row) => [row.tenancyId, row]));
    return tenancies.map((id) => byTenancy.get(id) ?? null);
  });
}
