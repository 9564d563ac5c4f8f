import { placeRange } from '@linli/kit/paging/place';

/** Digits of the codes above a community: city, district, street. */
const lengthsAbove = [4, 6, 9];

/** Conditions on a prefix that shares ground with a place: it lies inside, or takes the place in. */
export function sharesGround(field: string, place: string): object[] {
  const above = lengthsAbove.filter((length) => length < place.length).map((length) => place.slice(0, length));
  return [{ [field]: placeRange(place) }, { [field]: { in: above } }];
}
