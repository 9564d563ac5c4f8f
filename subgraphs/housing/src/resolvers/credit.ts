import type { Resolvers } from '../generated/graphql.js';
import { inspectionsPerYear } from '../supervision.js';

/** Lists that a reader is shown at once: one a year. */
const mostLists = 20;

/** Yearly credit lists of companies and project leaders, and how often they are inspected for it. */
export const creditResolvers: Resolvers = {
  Query: {
    creditLists: (_, _args, { db }) => db.creditList.findMany({ orderBy: { id: 'desc' }, take: mostLists }),
    creditList: (_, { year }, { loaders }) => loaders.creditList.load(String(year)),
  },
  PropertyCreditList: {
    __resolveReference: ({ year }, { loaders }) => loaders.creditList.load(String(year)),
    year: ({ id }) => Number(id),
    entries: ({ id }, { listing, subject, ...args }, { loaders }) =>
      loaders.entriesOfList(id, args, { listing, subject }),
  },
  PropertyCreditEntry: {
    __resolveReference: ({ id }, { loaders }) => loaders.creditEntry.load(id),
    year: ({ listId }) => Number(listId),
    company: async ({ companyId }, _, { loaders }) => (await loaders.company.load(companyId))!,
    project: ({ subject, subjectId }, _, { loaders }) =>
      subject === 'PROJECT_LEADER' ? loaders.project.load(subjectId) : null,
  },
  PropertyCompany: {
    creditEntries: ({ id }, args, { loaders }) => loaders.entriesOfCompany(id, args),
    inspectionsPerYear: ({ listing }) => inspectionsPerYear(listing),
  },
  PropertyProject: {
    leaderListing: async ({ id }, _, { loaders }) => (await loaders.leaderEntry.load(id))?.listing ?? 'NONE',
    leaderGrade: async ({ id }, _, { loaders }) => (await loaders.leaderEntry.load(id))?.grade ?? null,
    inspectionsPerYear: ({ id }, _, { loaders }) => loaders.inspectionsPerYear(id),
  },
};
