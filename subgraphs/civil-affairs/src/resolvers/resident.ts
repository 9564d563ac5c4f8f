import { inputError } from '@linli/kit/errors';
import { fourteenthBirthday, isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import { ageOn, bornUpTo } from '../age.js';
import type { Resolvers } from '../generated/graphql.js';

/** Residents and the households they live in. */
export const residentResolvers: Resolvers = {
  Query: {
    me: (_, _args, { subject, loaders }) => (subject.residentId ? loaders.resident.load(subject.residentId) : null),
    resident: (_, { id }, { loaders }) => loaders.resident.load(id),
    residents: (_, { first, after, place, livesAlone, minAge }, { db }) => {
      if (minAge != null && (minAge < 0 || minAge > 150)) {
        throw inputError(`The argument "minAge" is ${minAge}: send whole years between 0 and 150.`);
      }
      const where = {
        communityCode: placeRange(place),
        livesAlone,
        birthDate: minAge == null ? null : { lte: bornUpTo(minAge, new Date()) },
      };
      return pageOf(db.resident, 'id', where, { first, after });
    },
    household: (_, { id }, { loaders }) => loaders.household.load(id),
  },
  Resident: {
    __resolveReference: ({ id }, { loaders }) => loaders.resident.load(id),
    age: ({ birthDate }) => ageOn(birthDate, new Date()),
    minor: ({ birthDate }) => isMinor(fourteenthBirthday(birthDate)),
    household: ({ householdId }, _, { loaders }) => loaders.household.load(householdId),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    serviceCases: ({ id }, _, { loaders }) => loaders.casesOfResident.load(id),
    wards: async ({ id }, _, { loaders }) => {
      const { wards } = await loaders.standing.load(id);
      const rows = await Promise.all(wards.map((ward) => loaders.resident.load(ward)));
      return rows.filter((row) => row !== null);
    },
  },
  Household: {
    __resolveReference: ({ id }, { loaders }) => loaders.household.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    members: ({ id }, _, { loaders }) => loaders.membersOfHousehold.load(id),
  },
};
