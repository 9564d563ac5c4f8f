import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Public employment: vacancies, who looks for work, trainings. */
export const employmentResolvers: Resolvers = {
  Query: {
    vacancies: (_, { first, after, place, occupation, engagement, open }, { db }) =>
      pageOf(db.vacancy, 'id', { communityCode: placeRange(place), occupation, engagement, open }, { first, after }),
    vacancy: (_, { id }, { loaders }) => loaders.vacancy.load(id),
    skillTrainings: (_, { first, after, place, programme }, { db }) =>
      pageOf(db.skillTraining, 'id', { communityCode: placeRange(place), programme }, { first, after }),
    skillTraining: (_, { id }, { loaders }) => loaders.skillTraining.load(id),
    jobSeekers: (_, { first, after, place, state, occupation }, { db }) =>
      pageOf(db.jobSeeker, 'id', { communityCode: placeRange(place), state, occupation }, { first, after }),
    jobSeeker: (_, { id }, { loaders }) => loaders.jobSeeker.load(id),
  },
  Vacancy: {
    __resolveReference: ({ id }, { loaders }) => loaders.vacancy.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
  },
  JobSeeker: {
    __resolveReference: ({ id }, { loaders }) => loaders.jobSeeker.load(id),
    resident: ({ residentId }, _, { loaders }) => loaders.resident.load(residentId),
    referrals: ({ id }, _, { loaders }) => loaders.referralsOfSeeker.load(id),
  },
  JobReferral: { vacancy: async ({ vacancyId }, _, { loaders }) => (await loaders.vacancy.load(vacancyId))! },
  SkillTraining: {
    __resolveReference: ({ id }, { loaders }) => loaders.skillTraining.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    free: ({ places, taken }) => places - taken,
  },
  SkillTrainingEnrolment: {
    __resolveReference: ({ id }, { loaders }) => loaders.skillTrainingEnrolment.load(id),
    resident: ({ residentId }, _, { loaders }) => loaders.resident.load(residentId),
    training: async ({ trainingId }, _, { loaders }) => (await loaders.skillTraining.load(trainingId))!,
  },
  Community: { vacancies: ({ code }, args, { loaders }) => loaders.vacanciesOfCommunity(code, args) },
  Resident: {
    jobSeeker: ({ id }, _, { loaders }) => loaders.jobSeekerOfResident.load(id),
    skillTrainings: ({ id }, _, { loaders }) => loaders.trainingsOfResident.load(id),
  },
};
