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
  WelfareCase: { model: 'welfareCase', subject: 'memberIds', community: 'communityCode', assigned: 'handlers' },
  HardshipLead: { model: 'hardshipLead', subject: 'residentId', community: 'communityCode', assigned: 'handlers' },
  ElderProfile: { model: 'elderProfile', subject: 'residentId', community: 'communityCode', assigned: 'handlers' },
  DayCareEnrolment: {
    model: 'dayCareEnrolment',
    subject: 'residentId',
    community: 'communityCode',
    assigned: 'handlers',
  },
  HomeCareOrder: { model: 'homeCareOrder', subject: 'residentId', community: 'communityCode', assigned: 'handlers' },
  Volunteer: { model: 'volunteer', subject: 'residentId', community: 'communityCode' },
  VolunteerNeed: { model: 'volunteerNeed', subject: 'parties', community: 'communityCode' },
  VolunteerSignUp: { model: 'volunteerSignUp', subject: 'residentId', community: 'communityCode' },
  TimeBankAccount: { model: 'timeBankAccount', subject: 'holderId', community: 'communityCode' },
  MicroWish: { model: 'microWish', subject: 'parties', community: 'communityCode' },
  JobSeeker: { model: 'jobSeeker', subject: 'residentId', community: 'communityCode', assigned: 'handlers' },
  SkillTrainingEnrolment: { model: 'skillTrainingEnrolment', subject: 'residentId', community: 'communityCode' },
  DomesticWorker: { model: 'domesticWorker', subject: 'residentId', community: 'communityCode' },
};
