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
  WeakSignal: { model: 'weakSignal', community: 'communityCode' },
  ServiceCase: { model: 'serviceCase', subject: 'applicantId', community: 'communityCode', assigned: 'handlers' },
  ChildProtectionReport: {
    model: 'childProtectionReport',
    subject: 'childId',
    community: 'communityCode',
    assigned: 'handlers',
  },
};
