import { pageOf } from '@linli/kit/paging/table';
import type { DisclosedField, Resolvers } from '../generated/graphql.js';

/** Those that are the person's own are left out, unless they are asked for. */
const ownToo = (includeOwn: boolean | null | undefined) => (includeOwn ? undefined : false);

/** To whom the personal data of one resident was disclosed, for that resident and their guardians. */
export const disclosureResolvers: Resolvers = {
  Query: {
    disclosuresOfMe: (_, { first, after, includeOwn }, { db, subject: { residentId } }) =>
      residentId === undefined
        ? null
        : pageOf(db.disclosure, 'id', { residentId, own: ownToo(includeOwn) }, { first, after }),
    disclosuresOf: (_, { residentId, first, after, includeOwn }, { db }) =>
      pageOf(db.disclosure, 'id', { residentId, own: ownToo(includeOwn) }, { first, after }),
    disclosure: (_, { id }, { loaders }) => loaders.disclosure.load(id),
  },
  Disclosure: {
    __resolveReference: ({ id }, { loaders }) => loaders.disclosure.load(id),
    resident: ({ residentId }) => ({ id: residentId }),
    by: ({ roles, department }) => ({ roles, department }),
    // The gateway wrote it in this shape.
    fields: ({ fields }) => fields as unknown as DisclosedField[],
  },
};
