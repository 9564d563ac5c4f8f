import type { Resolvers } from '../generated/graphql.js';
import { activityMutations } from './activity.js';
import { appointmentMutations } from './appointment.js';
import { careProgrammeMutations } from './care-programme.js';
import { contractMutations } from './contract.js';
import { homeBedMutations } from './home-bed.js';
import { jointTaskMutations } from './joint-task.js';
import { nurseryMutations } from './nursery.js';
import { professionalMutations } from './professional.js';
import { publicEventMutations } from './public-event.js';
import { recordMutations } from './record.js';
import { referralMutations } from './referral.js';
import { screeningMutations } from './screening.js';
import { vaccinationMutations } from './vaccination.js';

/** All that can be written. */
export const mutationResolvers: Resolvers = {
  Mutation: {
    ...activityMutations,
    ...appointmentMutations,
    ...careProgrammeMutations,
    ...contractMutations,
    ...homeBedMutations,
    ...jointTaskMutations,
    ...nurseryMutations,
    ...professionalMutations,
    ...publicEventMutations,
    ...recordMutations,
    ...referralMutations,
    ...screeningMutations,
    ...vaccinationMutations,
  },
};
