import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Pool } from 'pg';
import type { Database } from './database.js';
import { summariseHousing } from './queries/housing-summary.js';
import { countOpenHazards } from './queries/open-hazards.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders(pool: Pool, db: Database) {
  const inspectionsOf = (parent: string) =>
    childrenOf(pool, db.safetyInspection, 'id', { table: 'safety_inspection', parent, key: 'id' });
  return {
    building: rowByKey(db.building, 'code'),
    unit: rowByKey(db.housingUnit, 'code'),
    tenancy: rowByKey(db.tenancy, 'id'),
    tenancyOfHousehold: rowByKey(db.tenancy, 'householdId'),
    tenancyOfUnit: rowByKey(db.tenancy, 'unitCode'),
    company: rowByKey(db.propertyCompany, 'id'),
    project: rowByKey(db.propertyProject, 'id'),
    committee: rowByKey(db.ownersCommittee, 'id'),
    committeeOfProject: rowByKey(db.ownersCommittee, 'projectId'),
    vote: rowByKey(db.ownersVote, 'id'),
    inspection: rowByKey(db.safetyInspection, 'id'),
    renovation: rowByKey(db.renovation, 'id'),
    premises: rowByKey(db.idlePremises, 'id'),

    renovationsOfProject: loadByParent(
      (ids) => db.renovation.findMany({ where: { projectId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.projectId,
    ),

    buildingsOfCommunity: childrenOf(pool, db.building, 'code', {
      table: 'building',
      parent: 'community_code',
      key: 'code',
    }),
    buildingsOfProject: childrenOf(pool, db.building, 'code', { table: 'building', parent: 'project_id', key: 'code' }),
    unitsOfBuilding: childrenOf(pool, db.housingUnit, 'code', {
      table: 'housing_unit',
      parent: 'building_code',
      key: 'code',
    }),
    projectsOfCommunity: childrenOf(pool, db.propertyProject, 'id', {
      table: 'property_project',
      parent: 'community_code',
      key: 'id',
    }),
    projectsOfCompany: childrenOf(pool, db.propertyProject, 'id', {
      table: 'property_project',
      parent: 'company_id',
      key: 'id',
    }),
    votesOfProject: childrenOf(pool, db.ownersVote, 'id', { table: 'owners_vote', parent: 'project_id', key: 'id' }),
    premisesOfCommunity: childrenOf(pool, db.idlePremises, 'id', {
      table: 'idle_premises',
      parent: 'community_code',
      key: 'id',
    }),
    inspectionsOfBuilding: inspectionsOf('building_code'),
    inspectionsOfUnit: inspectionsOf('unit_code'),
    inspectionsOfProject: inspectionsOf('project_id'),

    housingSummary: summariseHousing(pool),
    openHazards: countOpenHazards(pool),
  };
}
