import type { Resolvers } from './generated/graphql.js';
import { consultationMutations } from './mutations/consultation.js';
import { correctionMutations } from './mutations/correction.js';
import { deviceAlertMutations } from './mutations/device-alert.js';
import { drillMutations } from './mutations/drill.js';
import { dutyMutations } from './mutations/duty.js';
import { gridCourseMutations } from './mutations/grid-course.js';
import { gridReportMutations } from './mutations/grid-report.js';
import { incidentMutations } from './mutations/incident.js';
import { mediationMutations } from './mutations/mediation.js';
import { permitApplicationMutations } from './mutations/permit-application.js';
import { permitDecisionMutations } from './mutations/permit-decision.js';
import { safetyMutations } from './mutations/safety.js';
import { shelterMutations } from './mutations/shelter.js';
import { suppliesMutations } from './mutations/supplies.js';
import { visitMutations } from './mutations/visit.js';
import { warningMutations } from './mutations/warning.js';

/** All that can be written in this department. */
export const mutationResolvers: Resolvers = {
  Mutation: {
    ...gridReportMutations,
    ...gridCourseMutations,
    ...deviceAlertMutations,
    ...visitMutations,
    ...permitApplicationMutations,
    ...permitDecisionMutations,
    ...incidentMutations,
    ...correctionMutations,
    ...warningMutations,
    ...shelterMutations,
    ...suppliesMutations,
    ...drillMutations,
    ...dutyMutations,
    ...safetyMutations,
    ...consultationMutations,
    ...mediationMutations,
  },
};
