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
  GridEvent: { model: 'gridEvent', subject: 'reporters', community: 'communityCode', assigned: 'handlers' },
  EmergencyPlan: { model: 'emergencyPlan', community: 'communityCode' },
  SurveillanceSite: { model: 'surveillanceSite', community: 'communityCode' },
  Incident: { model: 'incident', subject: 'partyIds', community: 'communityCode', assigned: 'handlers' },
  CorrectionCase: { model: 'correctionCase', subject: 'personId', community: 'communityCode', assigned: 'handlers' },
  CorrectionVisit: { model: 'correctionVisit', subject: 'personId', community: 'communityCode', assigned: 'handlers' },
  DutyShift: { model: 'dutyShift', community: 'communityCode' },
  ResidencePermitApplication: {
    model: 'permitApplication',
    subject: 'applicantId',
    community: 'communityCode',
    assigned: 'handlers',
  },
  GridVisit: { model: 'gridVisit', subject: 'residentId', community: 'communityCode', assigned: 'handlers' },
  DeviceAlert: { model: 'deviceAlert', community: 'communityCode' },
  SupplyStock: { model: 'supplyStock', community: 'communityCode' },
  SupplyMovement: { model: 'supplyMovement', community: 'communityCodes' },
  EmergencyDrill: { model: 'emergencyDrill', community: 'communityCode' },
  BroadcastTerminal: { model: 'broadcastTerminal', community: 'communityCode' },
  WatchTeam: { model: 'watchTeam', community: 'communityCode' },
  LegalConsultation: { model: 'legalConsultation', subject: 'residentId', community: 'communityCode' },
  Mediation: { model: 'mediation', subject: 'requesterId', community: 'communityCode', assigned: 'handlers' },
};
