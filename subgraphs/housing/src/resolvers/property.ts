import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import { nextInspectionOn } from '../supervision.js';

/** Property service: companies, and the projects (estates) they serve. */
export const propertyResolvers: Resolvers = {
  Query: {
    propertyCompany: (_, { id }, { loaders }) => loaders.company.load(id),
    propertyCompanies: (_, { first, after, listing, search }, { db }) => {
      const where = { listing, name: contains(search) };
      return pageOf(db.propertyCompany, 'id', where, { first, after });
    },
    propertyProject: (_, { id }, { loaders }) => loaders.project.load(id),
    propertyProjects: (_, { first, after, place, search }, { db }) => {
      const where = { communityCode: placeRange(place), name: contains(search) };
      return pageOf(db.propertyProject, 'id', where, { first, after });
    },
  },
  PropertyCompany: {
    __resolveReference: ({ id }, { loaders }) => loaders.company.load(id),
    projects: ({ id }, args, { loaders }) => loaders.projectsOfCompany(id, args),
  },
  PropertyProject: {
    __resolveReference: ({ id }, { loaders }) => loaders.project.load(id),
    company: async ({ companyId }, _, { loaders }) => (await loaders.company.load(companyId))!,
    community: ({ communityCode }) => ({ code: communityCode }),
    buildings: ({ id }, args, { loaders }) => loaders.buildingsOfProject(id, args),
    ownersCommittee: ({ id }, _, { loaders }) => loaders.committeeOfProject.load(id),
    votes: ({ id }, { state, ...args }, { loaders }) => loaders.votesOfProject(id, args, { state }),
    safetyInspections: ({ id }, args, { loaders }) => loaders.inspectionsOfProject(id, args),
    openHazards: ({ id }, _, { loaders }) => loaders.openHazards.load(id),
    lastInspectedOn: ({ id }, _, { loaders }) => loaders.lastInspected.load(id).then((last) => last?.visitedOn ?? null),
    nextInspectionOn: async ({ id }, _, { loaders }) => {
      const last = await loaders.lastInspected.load(id);
      return last && nextInspectionOn(last.visitedOn, await loaders.inspectionsPerYear(id));
    },
    renovations: ({ id }, _, { loaders }) => loaders.renovationsOfProject.load(id),
  },
};
