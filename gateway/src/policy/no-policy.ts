import type { LoadOperation } from '../operation/load.js';
import type { Authority } from './authority.js';
import type { Policy } from './policy.js';

/** Everybody may do everything: for developers of subgraphs alone. */
export function noPolicy(loadOperation: LoadOperation): Policy {
  return {
    version: undefined,
    authorityOf: ({ subject, declaration }) => {
      const authority: Authority = {
        subject,
        declaration,
        standing: { household: [], wards: [] },
        guard: undefined,
        loadOperation,
        admit: () => undefined,
        scopeOf: () => ({}),
        writesOf: () => ({}),
        renewed: () => authority,
        disclosure: () => undefined,
      };
      return authority;
    },
    warm: async () => undefined,
  };
}
