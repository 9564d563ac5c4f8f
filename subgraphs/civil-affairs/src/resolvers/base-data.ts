import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { contains, pageOf } from '@linli/kit/paging/table';
import type { Resolvers } from '../generated/graphql.js';
import type { Licence } from '../generated/prisma/client.js';
import { dayOf } from '../working-days.js';

/** Whether a licence can be used today. */
export function isValid({ revoked, validFrom, validTo }: Licence): boolean {
  const today = dayOf(new Date());
  const day = (date: Date) => date.toISOString().slice(0, 10);
  return !revoked && day(validFrom) <= today && (validTo === null || day(validTo) >= today);
}

/** Licences and consents to their use, credit of providers, the schematic map, and the catalogue of data. */
export const baseDataResolvers: Resolvers = {
  Query: {
    licence: (_, { id }, { loaders }) => loaders.licence.load(id),
    creditRecords: (_, { first, after, place, sector, grade }, { db }) =>
      pageOf(db.creditRecord, 'id', { communityCode: placeRange(place), sector, grade }, { first, after }),
    dataAssets: (_, { first, after, department, stage, search }, { db }) =>
      pageOf(db.dataAsset, 'id', { department, stage, name: contains(search) }, { first, after }),
  },
  Community: {
    spatialUnit: ({ code }, _, { loaders }) => loaders.spatialUnit.load(code),
    creditRecords: ({ code }, args, { loaders }) => loaders.creditOfCommunity(code, args),
  },
  Facility: {
    spatialUnit: ({ communityCode }, _, { loaders }) => loaders.spatialUnit.load(communityCode),
  },
  Organization: {
    creditRecords: ({ id }, args, { loaders }) => loaders.creditOfOrganization(id, args),
  },
  Resident: {
    licences: ({ id }, _, { loaders }) => loaders.licencesOfResident.load(id),
    licenceConsents: ({ id }, _, { loaders }) => loaders.consentsOfResident.load(id),
  },
  Licence: {
    __resolveReference: ({ id }, { loaders }) => loaders.licence.load(id),
    holder: ({ holderId }, _, { loaders }) => loaders.resident.load(holderId),
    valid: (licence) => isValid(licence),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  LicenceConsent: {
    __resolveReference: ({ id }, { loaders }) => loaders.licenceConsent.load(id),
    holder: ({ holderId }, _, { loaders }) => loaders.resident.load(holderId),
    licence: ({ licenceId }, _, { loaders }) => loaders.licence.load(licenceId),
    item: ({ itemCode }, _, { loaders }) => loaders.serviceItem.load(itemCode),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  CreditRecord: {
    __resolveReference: ({ id }, { loaders }) => loaders.creditRecord.load(id),
    organization: ({ organizationId }, _, { loaders }) =>
      organizationId ? loaders.organization.load(organizationId) : null,
    community: ({ communityCode }, _, { loaders }) => loaders.community.load(communityCode),
  },
  SpatialUnit: { source: () => 'SCHEMATIC' },
  DataAsset: { __resolveReference: ({ id }, { loaders }) => loaders.dataAsset.load(id) },
};
