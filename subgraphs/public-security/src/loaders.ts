import { loadByKey, loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from './database.js';
import { analyseGridEvents } from './queries/grid-analysis.js';
import { countOfficers } from './queries/officer-counts.js';
import { latestIncidents } from './queries/latest-incidents.js';
import { latestFraudAlerts } from './queries/latest-fraud-alerts.js';
import { latestWarnings } from './queries/latest-warnings.js';
import { sheltersOfWarnings } from './queries/warning-shelters.js';
import { planQuantities, type PlanQuantities } from './queries/plan-quantities.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders({ db, sql, unscoped }: Access<Database>) {
  let quantities: Promise<PlanQuantities> | undefined;
  return {
    planQuantities: () => (quantities ??= planQuantities(unscoped)),
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
    correctionVisit: rowByKey(db.correctionVisit, 'id'),
    dutyShift: rowByKey(db.dutyShift, 'id'),
    permitApplication: rowByKey(db.permitApplication, 'no'),
    gridVisit: rowByKey(db.gridVisit, 'id'),
    deviceAlert: rowByKey(db.deviceAlert, 'id'),
    supplyStock: rowByKey(db.supplyStock, 'id'),
    supplyMovement: rowByKey(db.supplyMovement, 'id'),
    drill: rowByKey(db.emergencyDrill, 'id'),
    terminal: rowByKey(db.broadcastTerminal, 'id'),
    fraudAlert: rowByKey(db.fraudAlert, 'id'),
    watchTeam: rowByKey(db.watchTeam, 'id'),
    training: rowByKey(db.teamTraining, 'id'),
    legalHelper: rowByKey(db.legalHelper, 'id'),
    consultation: rowByKey(db.legalConsultation, 'id'),
    mediation: rowByKey(db.mediation, 'id'),

    areasOfWarning: loadByParent(
      (ids) => db.warningArea.findMany({ where: { warningId: { in: ids } }, orderBy: { prefix: 'asc' } }),
      (row) => row.warningId,
    ),
    stepsOfEvent: loadByParent(
      (ids) => db.gridEventStep.findMany({ where: { eventId: { in: ids } }, orderBy: { number: 'asc' } }),
      (row) => row.eventId,
    ),
    stepsOfIncident: loadByParent(
      (ids) => db.incidentStep.findMany({ where: { incidentId: { in: ids } }, orderBy: { number: 'asc' } }),
      (row) => row.incidentId,
    ),
    revisionsOfWarning: loadByParent(
      (ids) => db.warningRevision.findMany({ where: { warningId: { in: ids } }, orderBy: { version: 'asc' } }),
      (row) => row.warningId,
    ),
    suppliesOfShelter: loadByParent(
      (ids) => db.supplyStock.findMany({ where: { shelterId: { in: ids } }, orderBy: { item: 'asc' } }),
      (row) => row.shelterId,
    ),
    slotsOfAdviser: loadByParent(
      (ids) => db.legalSlot.findMany({ where: { adviserId: { in: ids }, day: { gte: new Date() } } }),
      (row) => row.adviserId,
    ),
    lastVisitOfResident: loadByKey(
      (ids) => db.gridVisit.findMany({ where: { residentId: { in: ids }, latest: true } }),
      (row) => row.residentId,
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
    shiftsOfCommunity: childrenOf(db.dutyShift, 'id', 'communityCode'),
    stocksOfCommunity: childrenOf(db.supplyStock, 'id', 'communityCode'),
    drillsOfCommunity: childrenOf(db.emergencyDrill, 'id', 'communityCode'),
    terminalsOfCommunity: childrenOf(db.broadcastTerminal, 'id', 'communityCode'),
    watchTeamsOfCommunity: childrenOf(db.watchTeam, 'id', 'communityCode'),
    legalHelpersOfCommunity: childrenOf(db.legalHelper, 'id', 'communityCode'),
    trainingsOfTeam: childrenOf(db.teamTraining, 'id', 'teamId'),
    alertsOfSite: childrenOf(db.deviceAlert, 'id', 'siteId'),
    alertsOfEvent: childrenOf(db.deviceAlert, 'id', 'eventId'),
    visitsOfCase: childrenOf(db.correctionVisit, 'id', 'caseId'),
    visitsOfResident: childrenOf(db.gridVisit, 'id', 'residentId'),
    applicationsOfResident: childrenOf(db.permitApplication, 'no', 'applicantId'),
    consultationsOfResident: childrenOf(db.legalConsultation, 'id', 'residentId'),
    mediationsOfResident: childrenOf(db.mediation, 'id', 'requesterId'),

    officerCounts: countOfficers(unscoped),
    gridAnalysis: (place: string, quarter: string) => analyseGridEvents(unscoped, place, quarter),
    incidentsOfResident: latestIncidents(sql, db),
    sheltersOfWarning: sheltersOfWarnings(sql, db),
    fraudAlertsOfCommunity: latestFraudAlerts(sql, db),
    warningsOfCommunity: latestWarnings(sql, db),
  };
}
