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
  PropertyProject: { model: 'propertyProject', ...ofEstate },
  OwnersVote: { model: 'ownersVote', ...ofEstate },
  SafetyInspection: { model: 'safetyInspection', ...ofEstate },
};
