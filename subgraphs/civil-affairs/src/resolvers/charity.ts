import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';

/** Stations of social work, community funds with the wishes they pay for, donation points, filed organisations. */
export const charityResolvers: Resolvers = {
  Query: {
    socialWorkStations: (_, { first, after, place }, { db }) =>
      pageOf(db.socialWorkStation, 'id', { communityCode: placeRange(place) }, { first, after }),
    communityFunds: (_, { first, after, place, search }, { db }) => {
      const where = { communityCode: placeRange(place), name: contains(search) };
      return pageOf(db.communityFund, 'id', where, { first, after });
    },
    communityFund: (_, { id }, { loaders }) => loaders.communityFund.load(id),
    microWishes: (_, { first, after, place, state }, { db }) =>
      pageOf(db.microWish, 'id', { communityCode: placeRange(place), state }, { first, after }),
    microWish: (_, { id }, { loaders }) => loaders.microWish.load(id),
    donationPoints: (_, { first, after, place, accepts }, { db }) => {
      const where = { communityCode: placeRange(place), accepts: accepts && { has: accepts } };
      return pageOf(db.donationPoint, 'id', where, { first, after });
    },
  },
  SocialWorkStation: {
    __resolveReference: ({ id }, { loaders }) => loaders.socialWorkStation.load(id),
    street: async ({ streetCode }, _, { loaders }) => (await loaders.street.load(streetCode))!,
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
  },
  CommunityFund: {
    __resolveReference: ({ id }, { loaders }) => loaders.communityFund.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    organization: ({ organizationId }, _, { loaders }) =>
      organizationId ? loaders.organization.load(organizationId) : null,
    wishes: ({ id }, args, { loaders }) => loaders.wishesOfFund(id, args),
  },
  MicroWish: {
    __resolveReference: ({ id }, { loaders }) => loaders.microWish.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    fund: ({ fundId }, _, { loaders }) => (fundId ? loaders.communityFund.load(fundId) : null),
    wisher: ({ wisherId }, _, { loaders }) => loaders.resident.load(wisherId),
    claimant: ({ claimantId }, _, { loaders }) => (claimantId ? loaders.resident.load(claimantId) : null),
    claimedBy: ({ claimedById }, _, { loaders }) => (claimedById ? loaders.organization.load(claimedById) : null),
  },
  DonationPoint: {
    __resolveReference: ({ id }, { loaders }) => loaders.donationPoint.load(id),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    facility: ({ facilityId }, _, { loaders }) => (facilityId ? loaders.facility.load(facilityId) : null),
  },
  Organization: {
    filedOn: async ({ id }, _, { loaders }) => (await loaders.filingOfOrganization.load(id))?.filedOn ?? null,
    sponsor: async ({ id }, _, { loaders }) => (await loaders.filingOfOrganization.load(id))?.sponsor ?? null,
  },
  Street: { socialWorkStation: ({ code }, _, { loaders }) => loaders.socialWorkStationOfStreet.load(code) },
  Community: {
    communityFunds: ({ code }, args, { loaders }) => loaders.fundsOfCommunity(code, args),
    microWishes: ({ code }, args, { loaders }) => loaders.wishesOfCommunity(code, args),
    donationPoints: ({ code }, args, { loaders }) => loaders.donationPointsOfCommunity(code, args),
  },
};
