import type { ScopeDeclaration } from '@linli/kit/scope/declaration';
import type { Database } from './database.js';

/** Where the rows of this department's scoped types are. */
export const scope: ScopeDeclaration<Database> = {
  PolicePost: { model: 'policePost', community: 'communityCode' },
  CommunityOfficer: { model: 'communityOfficer', community: 'communityCode' },
  PopulationRegistration: {
    model: 'populationRegistration',
    subject: 'residentId',
    community: 'communityCode',
    assigned: 'handlers',
  },
  ResidencePermit: {
    model: 'residencePermit',
    subject: 'holderId',
    community: 'communityCode',
    assigned: 'handlers',
  },
  GridCell: { model: 'gridCell', community: 'communityCode' },
  GridEvent: { model: 'gridEvent', community: 'communityCode' },
  EmergencyPlan: { model: 'emergencyPlan', community: 'communityCode' },
  SurveillanceSite: { model: 'surveillanceSite', community: 'communityCode' },
  Incident: { model: 'incident', subject: 'partyIds', community: 'communityCode', assigned: 'handlers' },
  CorrectionCase: { model: 'correctionCase', subject: 'personId', community: 'communityCode', assigned: 'handlers' },
};
