import { pageOf } from '@linli/kit/paging/table';
import type { DisclosedRows, Resolvers } from '../generated/graphql.js';
import { idsBetween } from '../moments.js';

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
    // The gateway wrote it in this shape.
    entries: ({ entries }) => entries as unknown as DisclosedRows[],
  },
};

function instant(text: string | null | undefined): Date | undefined {
  return text == null ? undefined : new Date(text);
}
