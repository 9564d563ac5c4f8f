import { loadByKey, loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from './database.js';
import { contractedResidents } from './queries/contracted-residents.js';
import { latestOfResident } from './queries/latest-of-resident.js';
import { serviceSummaries } from './queries/service-summary.js';
import { planQuantities, type PlanQuantities } from './queries/plan-quantities.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders({ db, sql, unscoped }: Access<Database>) {
  let quantities: Promise<PlanQuantities> | undefined;
  return {
    planQuantities: () => (quantities ??= planQuantities(unscoped)),
    healthFacility: rowByKey(db.healthFacility, 'id'),
    nursery: rowByKey(db.nursery, 'id'),
    familyDoctor: rowByKey(db.familyDoctor, 'id'),
    contract: rowByKey(db.familyDoctorContract, 'id'),
    record: rowByKey(db.healthRecord, 'recordNo'),
    vaccination: rowByKey(db.vaccination, 'id'),
    vaccinationDue: rowByKey(db.vaccinationDue, 'id'),
    appointment: rowByKey(db.healthAppointment, 'id'),
    homeBed: rowByKey(db.homeBed, 'id'),
    careProgramme: rowByKey(db.careProgramme, 'id'),
    screening: rowByKey(db.mentalHealthScreening, 'id'),
    referral: rowByKey(db.mentalHealthReferral, 'id'),
    professional: rowByKey(db.mentalHealthProfessional, 'id'),
    enrolment: rowByKey(db.nurseryEnrolment, 'id'),
    event: rowByKey(db.publicHealthEvent, 'id'),
    jointTask: rowByKey(db.jointHealthTask, 'id'),
    activity: rowByKey(db.healthActivity, 'id'),

    contractOfResident: loadByKey(
      (ids) => db.familyDoctorContract.findMany({ where: { currentResidentId: { in: ids } } }),
      (row) => row.currentResidentId!,
    ),
    recordOfResident: rowByKey(db.healthRecord, 'residentId'),
    vaccinationsOfResident: loadByParent(
      (ids) =>
        db.vaccination.findMany({
          where: { residentId: { in: ids } },
          orderBy: [{ vaccinatedOn: 'asc' }, { id: 'asc' }],
        }),
      (row) => row.residentId,
    ),
    vaccinationsDueOfResident: loadByParent(
      (ids) =>
        db.vaccinationDue.findMany({ where: { residentId: { in: ids } }, orderBy: [{ dueOn: 'asc' }, { id: 'asc' }] }),
      (row) => row.residentId,
    ),
    appointmentsOfResident: latestOfResident(sql, db.healthAppointment, 'at'),
    homeBedsOfResident: latestOfResident(sql, db.homeBed, 'openedOn'),
    careProgrammesOfResident: latestOfResident(sql, db.careProgramme, 'startedOn'),
    screeningsOfResident: latestOfResident(sql, db.mentalHealthScreening, 'screenedOn'),
    referralsOfResident: latestOfResident(sql, db.mentalHealthReferral, 'referredOn'),
    enrolmentsOfResident: latestOfResident(sql, db.nurseryEnrolment, 'startsOn'),

    historyOfContract: loadByParent(
      (ids) =>
        db.familyDoctorContractEntry.findMany({ where: { contractId: { in: ids } }, orderBy: { number: 'asc' } }),
      (row) => row.contractId,
    ),
    stepsOfReferral: loadByParent(
      (ids) => db.mentalHealthReferralStep.findMany({ where: { referralId: { in: ids } }, orderBy: { number: 'asc' } }),
      (row) => row.referralId,
    ),
    trainingsOfProfessional: loadByParent(
      (ids) => db.professionalTraining.findMany({ where: { professionalId: { in: ids } }, orderBy: { number: 'asc' } }),
      (row) => row.professionalId,
    ),
    bulletinsOfEvent: loadByParent(
      (ids) => db.publicHealthBulletin.findMany({ where: { eventId: { in: ids } }, orderBy: { number: 'asc' } }),
      (row) => row.eventId,
    ),
    jointTasksOfEvent: loadByParent(
      (ids) => db.jointHealthTask.findMany({ where: { eventId: { in: ids } }, orderBy: { party: 'asc' } }),
      (row) => row.eventId,
    ),
    reportsOfTask: loadByParent(
      (ids) => db.jointTaskReport.findMany({ where: { taskId: { in: ids } }, orderBy: { number: 'asc' } }),
      (row) => row.taskId,
    ),
    visitsOfHomeBed: childrenOf(db.homeBedVisit, 'id', 'homeBedId'),
    followUpsOfProgramme: childrenOf(db.followUp, 'id', 'programmeId'),

    healthFacilitiesOfCommunity: childrenOf(db.healthFacility, 'id', 'communityCode'),
    nurseriesOfCommunity: childrenOf(db.nursery, 'id', 'communityCode'),
    eventsOfCommunity: childrenOf(db.publicHealthEvent, 'id', 'communityCode'),
    familyDoctorsOfCommunity: childrenOf(db.familyDoctor, 'id', 'communityCode'),
    activitiesOfCommunity: childrenOf(db.healthActivity, 'id', 'communityCode'),

    contractedResidents: async (community: string) => (await contractedResidents(unscoped)).get(community) ?? null,
    serviceSummary: serviceSummaries(sql),
  };
}
