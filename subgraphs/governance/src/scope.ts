import type { ScopeDeclaration } from '@linli/kit/scope/declaration';
import type { Database } from './database.js';

/** Where the rows of this department's scoped types are. */
export const scope: ScopeDeclaration<Database> = {
  Disclosure: { model: 'disclosure', subject: 'residentId' },
};
