import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers, ServiceCaseState } from '../generated/graphql.js';
import type { Licence } from '../generated/prisma/client.js';
import { dayOf } from '../working-days.js';
import { isValid } from './base-data.js';

/** The whole city, as statistics name it. */
const city = '4403';

/** Ended cases are never late. */
const ended: readonly ServiceCaseState[] = ['DECIDED', 'WITHDRAWN'];

/** The catalogue of services, the cases of residents, and how these were rated. */
export const servicesResolvers: Resolvers = {
  Query: {
    serviceItems: (_, { first, after, search, category, kind, admission }, { db }) => {
      const where = { name: contains(search), category, kind, admission };
      return pageOf(db.serviceItem, 'code', where, { first, after });
    },
    serviceItem: (_, { code }, { loaders }) => loaders.serviceItem.load(code),
    serviceCases: (_, { first, after, place, state, dueBefore }, { db }) => {
      const late =
        dueBefore == null ? null : [{ dueOn: { lt: new Date(dueBefore) } }, { state: { notIn: [...ended] } }];
      const where = { communityCode: placeRange(place), state, AND: late };
      return pageOf(db.serviceCase, 'id', where, { first, after });
    },
    serviceCase: (_, { id }, { loaders }) => loaders.serviceCase.load(id),
    serviceRatings: (_, { first, after, place, grade, followUp }, { db }) =>
      pageOf(db.serviceRating, 'id', { communityCode: placeRange(place), grade, followUp }, { first, after }),
    serviceStatistics: async (_, _args, { loaders }) => (await loaders.serviceStatistics()).get(city) ?? null,
  },
  Community: {
    serviceStatistics: async ({ code }, _, { loaders }) => (await loaders.serviceStatistics()).get(code) ?? null,
  },
  Street: {
    serviceStatistics: async ({ code }, _, { loaders }) => (await loaders.serviceStatistics()).get(code) ?? null,
  },
  District: {
    serviceStatistics: async ({ id }, _, { loaders }) => (await loaders.serviceStatistics()).get(id) ?? null,
  },
  Resident: {
    serviceMaterials: async ({ id }, { itemCode }, { loaders }) => {
      const item = await loaders.serviceItem.load(itemCode);
      if (!item) return null;
      const [materials, licences, consents] = await Promise.all([
        loaders.materialsOfItem.load(itemCode),
        loaders.licencesOfResident.load(id),
        loaders.consentsOfResident.load(id),
      ]);
      const agreed = (licence: Licence) =>
        consents.some(
          (consent) => consent.licenceId === licence.id && consent.itemCode === itemCode && !consent.withdrawnAt,
        );
      return materials.map((material) => {
        const held = licences.filter((licence) => licence.kind === material.licenceKind && isValid(licence));
        const licence = held.find(agreed) ?? null;
        return { material, licence, askConsentFor: licence ? null : (held[0] ?? null) };
      });
    },
  },
  ServiceItem: {
    __resolveReference: ({ code }, { loaders }) => loaders.serviceItem.load(code),
    conditions: async ({ code }, _, { loaders }) => (await loaders.conditionsOfItem.load(code)).map(({ text }) => text),
    materials: ({ code }, _, { loaders }) => loaders.materialsOfItem.load(code),
    statistics: async ({ code }, _, { loaders }) => (await loaders.serviceStatistics()).get(code) ?? null,
  },
  ServiceCase: {
    __resolveReference: ({ id }, { loaders }) => loaders.serviceCase.load(id),
    item: async ({ itemCode }, _, { loaders }) => (await loaders.serviceItem.load(itemCode))!,
    applicant: ({ applicantId }, _, { loaders }) => loaders.resident.load(applicantId),
    receivedBy: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
    materials: ({ id }, _, { loaders }) => loaders.materialsOfCase.load(id),
    overdue: ({ dueOn, state, pausedOn }) =>
      dueOn !== null &&
      pausedOn === null &&
      !ended.includes(state) &&
      dueOn.toISOString().slice(0, 10) < dayOf(new Date()),
    history: ({ id }, _, { loaders }) => loaders.course.load(`case:${id}`),
    rating: ({ id }, _, { loaders }) => loaders.ratingOfCase.load(id),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  ServiceCaseMaterial: {
    licence: ({ licenceId }, _, { loaders }) => (licenceId ? loaders.licence.load(licenceId) : null),
  },
  ServiceCaseStep: {
    state: ({ state }) => state as ServiceCaseState,
    staff: ({ actor }) => actor,
  },
  ServiceRating: {
    __resolveReference: ({ id }, { loaders }) => loaders.serviceRating.load(id),
    item: async ({ itemCode }, _, { loaders }) => (await loaders.serviceItem.load(itemCode))!,
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
    ratedOn: ({ ratedAt }) => dayOf(ratedAt),
  },
};
