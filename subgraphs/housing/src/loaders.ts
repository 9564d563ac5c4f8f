import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from './database.js';
import { publishedTally, type TallyOnceDecided } from './owners-vote.js';
import { summariseHousing } from './queries/housing-summary.js';
import { countOpenHazards } from './queries/open-hazards.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders({ db, unscoped }: Access<Database>) {
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

    ballotsOfVote: loadByParent(
      (ids) => db.ownersBallot.findMany({ where: { voteId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.voteId,
    ),
    renovationsOfProject: loadByParent(
      (ids) => db.renovation.findMany({ where: { projectId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.projectId,
    ),

    buildingsOfCommunity: childrenOf(db.building, 'code', 'communityCode'),
    buildingsOfProject: childrenOf(db.building, 'code', 'projectId'),
    unitsOfBuilding: childrenOf(db.housingUnit, 'code', 'buildingCode'),
    projectsOfCommunity: childrenOf(db.propertyProject, 'id', 'communityCode'),
    projectsOfCompany: childrenOf(db.propertyProject, 'id', 'companyId'),
    votesOfProject: childrenOf(db.ownersVote, 'id', 'projectId'),
    premisesOfCommunity: childrenOf(db.idlePremises, 'id', 'communityCode'),
    inspectionsOfBuilding: childrenOf(db.safetyInspection, 'id', 'buildingCode'),
    inspectionsOfUnit: childrenOf(db.safetyInspection, 'id', 'unitCode'),
    inspectionsOfProject: childrenOf(db.safetyInspection, 'id', 'projectId'),

    /** How many households chose what in a vote, as far as it is published. */
    tally: (vote: TallyOnceDecided) => publishedTally(vote, unscoped.smallestCount),
    housingSummary: summariseHousing(unscoped),
    openHazards: countOpenHazards(unscoped),
  };
}
