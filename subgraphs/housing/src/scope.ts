import type { ScopeDeclaration } from '@linli/kit/scope/declaration';
import type { Database } from './database.js';

/** What concerns a home goes by who lives there, by its community, and by who manages the estate or visits the home. */
const ofHome = { subject: 'occupants', community: 'communityCode', assigned: 'handlers' } as const;

/** What concerns an estate goes by its community and by who manages it. */
const ofEstate = { community: 'communityCode', assigned: 'handlers' } as const;

/** Where the rows of this department's scoped types are. */
export const scope: ScopeDeclaration<Database> = {
  Building: { model: 'building', community: 'communityCode' },
  HousingUnit: { model: 'housingUnit', ...ofHome },
  Tenancy: { model: 'tenancy', ...ofHome },
  UnitOwnership: { model: 'unitOwnership', subject: 'owners', community: 'communityCode', assigned: 'handlers' },
  LeaseFiling: { model: 'leaseFiling', subject: 'parties', community: 'communityCode', assigned: 'handlers' },
  PropertyProject: { model: 'propertyProject', ...ofEstate },
  OwnersVote: { model: 'ownersVote', ...ofEstate },
  SafetyInspection: { model: 'safetyInspection', ...ofEstate },
  InspectionRound: { model: 'inspectionRound', ...ofEstate },
  EdgeDevice: { model: 'edgeDevice', ...ofEstate },
  IdlePremises: { model: 'idlePremises', community: 'communityCode' },
  PremisesProposal: { model: 'premisesProposal', community: 'communityCode' },
  AccessibilityWork: { model: 'accessibilityWork', subject: 'applicantId', ...ofEstate },
  RepairRequest: { model: 'repairRequest', subject: 'reporterId', ...ofEstate },
};
