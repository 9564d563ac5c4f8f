import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Pool } from 'pg';
import type { Database } from './database.js';
import { summariseHousing } from './queries/housing-summary.js';
import { countOpenHazards } from './queries/open-hazards.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders(pool: Pool, db: Database) {
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

    buildingsOfCommunity: childrenOf(pool, db.building, 'code', 'building.community_code'),
    buildingsOfProject: childrenOf(pool, db.building, 'code', 'building.project_id'),
    unitsOfBuilding: childrenOf(pool, db.housingUnit, 'code', 'housing_unit.building_code'),
    projectsOfCommunity: childrenOf(pool, db.propertyProject, 'id', 'property_project.community_code'),
    projectsOfCompany: childrenOf(pool, db.propertyProject, 'id', 'property_project.company_id'),
    votesOfProject: childrenOf(pool, db.ownersVote, 'id', 'owners_vote.project_id'),
    premisesOfCommunity: childrenOf(pool, db.idlePremises, 'id', 'idle_premises.community_code'),
    inspectionsOfBuilding: childrenOf(pool, db.safetyInspection, 'id', 'safety_inspection.building_code'),
    inspectionsOfUnit: childrenOf(pool, db.safetyInspection, 'id', 'safety_inspection.unit_code'),
    inspectionsOfProject: childrenOf(pool, db.safetyInspection, 'id', 'safety_inspection.project_id'),

    housingSummary: summariseHousing(pool),
    openHazards: countOpenHazards(pool),
  };
}
