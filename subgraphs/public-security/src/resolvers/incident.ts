import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Incidents that the police were called to. */
export const incidentResolvers: Resolvers = {
  Query: {
    incidents: (_, { first, after, place, kind, state }, { db }) => {
      const where = { communityCode: placeRange(place), kind, state };
      return pageOf(db.incident, 'id', where, { first, after });
    },
    incident: (_, { id }, { loaders }) => loaders.incident.load(id),
  },
  Incident: {
    __resolveReference: ({ id }, { loaders }) => loaders.incident.load(id),
    parties: ({ partyIds }) => partyIds.map((id) => ({ id })),
    steps: ({ id }, _, { loaders }) => loaders.stepsOfIncident.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  Resident: {
    incidents: ({ id }, _, { loaders }) => loaders.incidentsOfResident.load(id),
  },
};
