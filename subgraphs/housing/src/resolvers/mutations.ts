import type { Resolvers } from '../generated/graphql.js';
import { accessibilityMutations } from '../mutations/accessibility.js';
import { committeeMutations } from '../mutations/committee.js';
import { creditMutations } from '../mutations/credit.js';
import { hazardMutations } from '../mutations/hazards.js';
import { infrastructureMutations } from '../mutations/infrastructure.js';
import { inspectionMutations } from '../mutations/inspections.js';
import { leaseMutations } from '../mutations/leases.js';
import { premisesMutations } from '../mutations/premises.js';
import { propertyServiceMutations } from '../mutations/property-services.js';
import { ratingMutations } from '../mutations/ratings.js';
import { renovationMutations } from '../mutations/renovation.js';
import { repairMutations } from '../mutations/repairs.js';
import { voteMutations } from '../mutations/votes.js';

/** All that can be written. */
export const mutationResolvers: Resolvers = {
  Mutation: {
    ...leaseMutations,
    ...creditMutations,
    ...ratingMutations,
    ...propertyServiceMutations,
    ...committeeMutations,
    ...voteMutations,
    ...inspectionMutations,
    ...hazardMutations,
    ...renovationMutations,
    ...premisesMutations,
    ...accessibilityMutations,
    ...repairMutations,
    ...infrastructureMutations,
  },
};
