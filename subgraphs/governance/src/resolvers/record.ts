import { pageOf } from '@linli/kit/paging/table';
import type { DisclosedField, DisclosedRows, Resolvers } from '../generated/graphql.js';
import { idsBetween } from '../moments.js';

/** As the gateway wrote it. */
type Kept = Omit<DisclosedRows, 'fields'> & { readonly fields: (DisclosedField & { readonly sealed?: boolean })[] };

/** Whether something was shown that does not exist for anybody but its handlers: then it is not said whose. */
function isSealed(entries: unknown): boolean {
  return (entries as readonly Kept[]).some(({ fields }) => fields.some(({ sealed }) => sealed));
}

/** The whole record, for auditors; of break-glass access, for the officer who reviews it. */
export const recordResolvers: Resolvers = {
  Query: {
    disclosures: (_, { filter, first, after }, { db }) => {
      const { subject, staff, purpose, emergency, coordinate, from, until } = filter ?? {};
      const where = {
        residents: subject == null ? undefined : { has: subject },
        coordinates: coordinate == null ? undefined : { has: coordinate },
        staffId: staff,
        purpose,
        emergency,
        id: idsBetween(instant(from), instant(until)),
      };
      return pageOf(db.disclosureRecord, 'id', where, { first, after });
    },
    disclosureRecord: (_, { id }, { loaders }) => loaders.disclosureRecord.load(id),
    emergencyDisclosures: (_, { first, after, from, until }, { db }) => {
      const where = { emergency: true, id: idsBetween(instant(from), instant(until)) };
      return pageOf(db.disclosureRecord, 'id', where, { first, after });
    },
  },
  DisclosureRecord: {
    by: ({ roles, department }) => ({ roles, department }),
    emergency: ({ emergency, caseNumber, emergencyUntil, emergencyReason }) =>
      emergency ? { caseNumber: caseNumber!, until: emergencyUntil!, reason: emergencyReason! } : null,
    rows: ({ rowCount }) => rowCount,
    sealed: ({ entries }) => isSealed(entries),
    entries: ({ entries }) => {
      const rows = entries as unknown as readonly Kept[];
      return isSealed(entries) ? rows.map((row) => ({ ...row, whose: [] })) : [...rows];
    },
  },
};

function instant(text: string | null | undefined): Date | undefined {
  return text == null ? undefined : new Date(text);
}
