import { inputError } from '@linli/kit/errors';
import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Schools of compulsory education, and their pupils. */
export const schoolResolvers: Resolvers = {
  Query: {
    school: (_, { id }, { loaders }) => loaders.school.load(id),
    schools: (_, { first, after, place, stage, search }, { db }) => {
      const where = { communityCode: placeRange(place), stage, name: contains(search) };
      return pageOf(db.school, 'id', where, { first, after });
    },
  },
  School: {
    __resolveReference: ({ id }, { loaders }) => loaders.school.load(id),
    community: ({ communityCode }) => ({ code: communityCode }),
    afterSchoolProgrammes: ({ id }, _, { loaders }) => loaders.programmesOfSchool(id),
    sharedVenues: ({ id }, { kind, ...args }, { loaders }) => loaders.venuesOfSchool(id, args, { kind }),
    placements: ({ id }, { grade, state, ...args }, { loaders }) => {
      if (grade != null && (grade < 1 || grade > 9)) {
        throw inputError(`The argument "grade" is ${grade}: send a grade between 1 and 9.`);
      }
      return loaders.placementsOfSchool(id, args, { grade, state });
    },
  },
};
