import { loadByKey } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Reader } from '@linli/kit/scope/reader';
import type { Database } from '../database.js';

/** Stations of social work, community funds, wishes, donation points, filings of organisations. */
export function charityLoaders(db: Reader<Database>) {
  return {
    socialWorkStation: rowByKey(db.socialWorkStation, 'id'),
    socialWorkStationOfStreet: loadByKey(
      (streets) => db.socialWorkStation.findMany({ where: { streetCode: { in: streets } } }),
      (row) => row.streetCode,
    ),
    communityFund: rowByKey(db.communityFund, 'id'),
    fundsOfCommunity: childrenOf(db.communityFund, 'id', 'communityCode'),
    microWish: rowByKey(db.microWish, 'id'),
    wishesOfCommunity: childrenOf(db.microWish, 'id', 'communityCode'),
    wishesOfFund: childrenOf(db.microWish, 'id', 'fundId'),
    donationPoint: rowByKey(db.donationPoint, 'id'),
    donationPointsOfCommunity: childrenOf(db.donationPoint, 'id', 'communityCode'),
    filingOfOrganization: rowByKey(db.organizationFiling, 'organizationId'),
  };
}
