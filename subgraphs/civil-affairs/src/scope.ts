import type { ScopeDeclaration } from '@linli/kit/scope/declaration';
import type { Database } from './database.js';

/** Where the rows of this department's scoped types are. */
export const scope: ScopeDeclaration<Database> = {
  District: { model: 'district', community: 'prefixes' },
  Street: { model: 'street', community: 'code' },
  Community: { model: 'community', community: 'code' },
  Resident: { model: 'resident', subject: 'id', community: 'communityCode', assigned: 'handlers' },
  Household: { model: 'household', subject: 'memberIds', community: 'communityCode', assigned: 'handlers' },
  CommunityWorker: { model: 'communityWorker', community: 'communityCode' },
  Appeal: { model: 'appeal', subject: 'appellantId', community: 'communityCode', assigned: 'handlers' },
  ServiceCase: { model: 'serviceCase', subject: 'applicantId', community: 'communityCode', assigned: 'handlers' },
  ServiceRating: { model: 'serviceRating', subject: 'applicantId', community: 'communityCode' },
  KioskSession: { model: 'kioskSession', subject: 'residentId', community: 'communityCode' },
  ResidentProposal: {
    model: 'residentProposal',
    subject: 'residentId',
    community: 'communityCode',
    assigned: 'handlers',
  },
  DeliberationComment: {
    model: 'deliberationComment',
    subject: 'residentId',
    community: 'communityCode',
    assigned: 'handlers',
  },
  WorkerTraining: { model: 'workerTraining', community: 'communityCode' },
  Liaison: { model: 'liaison', community: 'prefixes' },
  ServiceArchive: { model: 'serviceArchive', community: 'communityCode' },
  Licence: { model: 'licence', subject: 'holderId', community: 'communityCode' },
  LicenceConsent: { model: 'licenceConsent', subject: 'holderId', community: 'communityCode' },
  ChildProtectionReport: {
    model: 'childProtectionReport',
    subject: 'childId',
    community: 'communityCode',
    assigned: 'handlers',
  },
};
