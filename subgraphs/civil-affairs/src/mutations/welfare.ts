import type { Resolvers } from '../generated/graphql.js';
import { childProtectionMutations } from './child-protection.js';
import { childrenMutations } from './children.js';
import { domesticServiceMutations } from './domestic-service.js';
import { elderProfileMutations } from './elder-profiles.js';
import { elderServiceMutations } from './elder-services.js';
import { hardshipMutations } from './hardship.js';
import { jobSeekerMutations } from './job-seekers.js';
import { microWishMutations } from './micro-wishes.js';
import { organizationMutations } from './organizations.js';
import { skillTrainingMutations } from './skill-trainings.js';
import { timeBankMutations } from './time-bank.js';
import { vacancyMutations } from './vacancies.js';
import { volunteerNeedMutations } from './volunteer-needs.js';
import { volunteeringMutations } from './volunteering.js';
import { welfareCaseworkMutations } from './welfare-casework.js';
import { welfareIntakeMutations } from './welfare-intake.js';

/** All that is done for people's welfare. */
export const welfareMutations: Resolvers = {
  Mutation: {
    ...welfareIntakeMutations,
    ...welfareCaseworkMutations,
    ...hardshipMutations,
    ...elderProfileMutations,
    ...elderServiceMutations,
    ...childProtectionMutations,
    ...childrenMutations,
    ...volunteeringMutations,
    ...volunteerNeedMutations,
    ...timeBankMutations,
    ...organizationMutations,
    ...microWishMutations,
    ...jobSeekerMutations,
    ...vacancyMutations,
    ...skillTrainingMutations,
    ...domesticServiceMutations,
  },
};
