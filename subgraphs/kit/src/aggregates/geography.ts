import { geography } from '@linli/schema/geography';
import { areaOf, type Area, type AreaCounts } from './table.js';

const streets = geography.streets.map(({ code, districtId }) => ({
  code,
  districtId,
  communities: geography.communities.filter((community) => community.code.startsWith(code)),
}));

const districts = geography.districts.map(({ id }) => ({
  id,
  streets: streets.filter(({ districtId }) => districtId === id),
}));

/**
 * The counts of the city's communities, in streets, districts and the whole city.
 * @param countsOf counts of a community by its 12-digit code; of all communities equally many cells
 */
export function cityTable(countsOf: (community: string) => AreaCounts): Area {
  const streetTable = ({ code, communities }: (typeof streets)[number]): Area =>
    areaOf(
      code,
      communities.map((community) => ({ code: community.code, counts: countsOf(community.code), parts: [] })),
    );
  return areaOf(
    geography.city.code,
    districts.map((district) => areaOf(district.id, district.streets.map(streetTable))),
  );
}
