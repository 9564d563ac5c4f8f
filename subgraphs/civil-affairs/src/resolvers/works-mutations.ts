import type { LinliEvent } from '@linli/kit/events/event';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/graphql.js';
import { applyService } from '../mutations/apply-service.js';
import { addArchiveEntry, closeArchive, openArchive } from '../mutations/archives.js';
import { moveDataAsset, recordCredit, registerDataAsset } from '../mutations/base-data.js';
import { commentDeliberation, moderateComment } from '../mutations/comments.js';
import { registerParcelPoint, registerShop, setShopOpen } from '../mutations/commerce.js';
import {
  cancelDeliberation,
  decideDeliberation,
  joinDeliberation,
  openDeliberation,
  publishDeliberationResult,
  startDeliberation,
} from '../mutations/deliberations.js';
import { adoptDutyItem, repealDutyItem, reviseDutyItem } from '../mutations/duties.js';
import {
  acceptService,
  decideService,
  requestServiceSupplement,
  supplementService,
  withdrawService,
} from '../mutations/handle-service.js';
import { endKioskSession, reportKioskStatus, startKioskSession } from '../mutations/kiosks.js';
import { grantLicenceConsent, withdrawLicenceConsent } from '../mutations/licence-consents.js';
import {
  approveMicroProject,
  evaluateMicroProject,
  finishMicroProject,
  proposeMicroProject,
  rejectMicroProject,
  startMicroProject,
} from '../mutations/micro-projects.js';
import { closeNeed, listCommunityResource, listNeed, withdrawCommunityResource } from '../mutations/needs-resources.js';
import { notePlanTask } from '../mutations/plan-progress.js';
import { castProjectVote, closeProjectVote, openProjectVote } from '../mutations/project-votes.js';
import { adoptProposal, declineProposal, submitProposal } from '../mutations/proposals.js';
import { followUpServiceRating, rateService } from '../mutations/ratings.js';
import { admitServiceItem, removeServiceItem } from '../mutations/service-catalogue.js';
import {
  publishServiceFlow,
  publishServiceResource,
  setExtendedHours,
  setServiceResourceOpen,
} from '../mutations/service-centres.js';
import { answerSurvey, closeSurvey, createSurvey, openSurvey } from '../mutations/surveys.js';
import { setLiaison, setSubCommittee } from '../mutations/teams.js';
import { appointWorker, changeWorker, recordWorkerTraining } from '../mutations/workers.js';

/** What can be written of services, participation, commerce, teams, base data and the plan, one verb each. */
export const worksMutations: Resolvers = {
  Mutation: {
    applyService,
    supplementService,
    withdrawService,
    acceptService,
    requestServiceSupplement,
    decideService,
    rateService,
    followUpServiceRating,
    admitServiceItem,
    removeServiceItem,
    grantLicenceConsent,
    withdrawLicenceConsent,
    publishServiceResource,
    setServiceResourceOpen,
    publishServiceFlow,
    setExtendedHours,
    reportKioskStatus,
    startKioskSession,
    endKioskSession,
    submitProposal,
    adoptProposal,
    declineProposal,
    openDeliberation,
    startDeliberation,
    joinDeliberation,
    commentDeliberation,
    moderateComment,
    decideDeliberation,
    publishDeliberationResult,
    cancelDeliberation,
    listNeed,
    closeNeed,
    listCommunityResource,
    withdrawCommunityResource,
    proposeMicroProject,
    openProjectVote,
    castProjectVote,
    closeProjectVote,
    approveMicroProject,
    rejectMicroProject,
    startMicroProject,
    finishMicroProject,
    evaluateMicroProject,
    createSurvey,
    openSurvey,
    closeSurvey,
    answerSurvey,
    registerShop,
    setShopOpen,
    registerParcelPoint,
    appointWorker,
    changeWorker,
    recordWorkerTraining,
    setSubCommittee,
    setLiaison,
    adoptDutyItem,
    reviseDutyItem,
    repealDutyItem,
    openArchive,
    addArchiveEntry,
    closeArchive,
    recordCredit,
    registerDataAsset,
    moveDataAsset,
    notePlanTask,
  },
  Subscription: {
    serviceCaseProgress: {
      subscribe: (_, { id }, { events }) => events.of('ServiceCaseMoved', ({ key }) => key === id),
      resolve: ({ key }: LinliEvent, _: object, context: Context) => context.fresh().loaders.serviceCase.load(key),
    },
  },
};
