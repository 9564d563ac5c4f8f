import { loadByKey, loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Reader } from '@linli/kit/scope/reader';
import type { Database } from '../database.js';

/** Vacancies, job seekers, trainings; domestic-service companies and their workers. */
export function employmentLoaders(db: Reader<Database>) {
  return {
    vacancy: rowByKey(db.vacancy, 'id'),
    vacanciesOfCommunity: childrenOf(db.vacancy, 'id', 'communityCode'),
    jobSeeker: rowByKey(db.jobSeeker, 'id'),
    jobSeekerOfResident: loadByKey(
      (ids) => db.jobSeeker.findMany({ where: { residentId: { in: ids } } }),
      (row) => row.residentId,
    ),
    referralsOfSeeker: loadByParent(
      (ids) => db.jobReferral.findMany({ where: { seekerId: { in: ids } }, orderBy: [{ at: 'asc' }, { id: 'asc' }] }),
      (row) => row.seekerId,
    ),
    skillTraining: rowByKey(db.skillTraining, 'id'),
    skillTrainingEnrolment: rowByKey(db.skillTrainingEnrolment, 'id'),
    trainingsOfResident: loadByParent(
      (ids) => db.skillTrainingEnrolment.findMany({ where: { residentId: { in: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.residentId,
    ),
    domesticCompany: rowByKey(db.domesticCompany, 'id'),
    companiesOfCommunity: childrenOf(db.domesticCompany, 'id', 'communityCode'),
    domesticWorker: rowByKey(db.domesticWorker, 'id'),
    workersOfCompany: childrenOf(db.domesticWorker, 'id', 'companyId'),
  };
}
