import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Cases of social assistance, and how many people are assisted where. */
export const socialAssistanceResolvers: Resolvers = {
  Query: {
    welfareCases: (_, { first, after, place, kind, state }, { db }) =>
      pageOf(db.welfareCase, 'id', { communityCode: placeRange(place), kind, state }, { first, after }),
    welfareCase: (_, { id }, { loaders }) => loaders.welfareCase.load(id),
  },
  WelfareCase: {
    __resolveReference: ({ id }, { loaders }) => loaders.welfareCase.load(id),
    applicant: ({ applicantId }, _, { loaders }) => loaders.resident.load(applicantId),
    members: async ({ memberIds }, _, { loaders }) => {
      const rows = await Promise.all(memberIds.map((id) => loaders.resident.load(id)));
      return rows.filter((row) => row !== null);
    },
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    steps: ({ id }, _, { loaders }) => loaders.stepsOfCase.load(id),
    payments: ({ id }, _, { loaders }) => loaders.paymentsOfCase.load(id),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  Resident: { welfareCases: ({ id }, _, { loaders }) => loaders.casesOfMember.load(id) },
  Community: { assistance: ({ code }, _, { loaders }) => loaders.assistance(code) },
  Street: { assistance: ({ code }, _, { loaders }) => loaders.assistance(code) },
  District: { assistance: ({ id }, _, { loaders }) => loaders.assistance(id) },
};
