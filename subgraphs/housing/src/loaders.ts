import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from './database.js';
import { createEstateLoaders } from './loaders/estates.js';
import { createHomeLoaders } from './loaders/homes.js';
import { createVoteLoaders } from './loaders/votes.js';
import { summariseHousing } from './queries/housing-summary.js';
import { countOpenHazards } from './queries/open-hazards.js';
import { planQuantities, type PlanQuantities } from './queries/plan-quantities.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders({ db, unscoped }: Access<Database>) {
  let quantities: Promise<PlanQuantities> | undefined;
  return {
    planQuantities: () => (quantities ??= planQuantities(unscoped)),
    building: rowByKey(db.building, 'code'),
    buildingsOfCommunity: childrenOf(db.building, 'code', 'communityCode'),
    buildingsOfProject: childrenOf(db.building, 'code', 'projectId'),
    housingSummary: summariseHousing(unscoped),

    inspection: rowByKey(db.safetyInspection, 'id'),
    inspectionsOfBuilding: childrenOf(db.safetyInspection, 'id', 'buildingCode'),
    inspectionsOfUnit: childrenOf(db.safetyInspection, 'id', 'unitCode'),
    inspectionsOfProject: childrenOf(db.safetyInspection, 'id', 'projectId'),
    inspectionsOfRound: childrenOf(db.safetyInspection, 'id', 'roundId'),
    round: rowByKey(db.inspectionRound, 'id'),
    roundsOfProject: childrenOf(db.inspectionRound, 'id', 'projectId'),
    openHazards: countOpenHazards(unscoped),

    renovation: rowByKey(db.renovation, 'id'),
    renovationsOfProject: loadByParent(
      (ids) => db.renovation.findMany({ where: { projectId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.projectId,
    ),
    premises: rowByKey(db.idlePremises, 'id'),
    premisesOfCommunity: childrenOf(db.idlePremises, 'id', 'communityCode'),
    proposal: rowByKey(db.premisesProposal, 'id'),
    proposalsOfPremises: childrenOf(db.premisesProposal, 'id', 'premisesId'),

    /** The course of a case, from its beginning. */
    stepsOf: loadByParent(
      (ids) => db.caseStep.findMany({ where: { caseId: { in: ids } }, orderBy: [{ at: 'asc' }, { id: 'asc' }] }),
      (row) => row.caseId,
    ),

    ...createHomeLoaders(db),
    ...createEstateLoaders(db, unscoped.smallestCount),
    ...createVoteLoaders(db, unscoped.smallestCount),
  };
}
