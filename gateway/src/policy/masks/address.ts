import { geography } from '@linli/schema/geography';

const marker = '****';
const province = '广东省';

interface Division {
  readonly name: string;
  readonly streets: readonly string[];
}

const city = geography.city.name;
const divisions: readonly Division[] = geography.districts.map(({ id, name }) => ({
  name,
  streets: geography.streets.filter((street) => street.districtId === id).map((street) => street.name),
}));

/**
 * ADDRESS: city, district and street (街道, 镇) with a fixed marker for the rest: `深圳市罗湖区桂园街道红岭路1号2栋303房` →
 * `深圳市罗湖区桂园街道****`. Where the street is not named, it ends at the district, and so on. Only names from the list of
 * divisions are ever shown, and only at the beginning: roads, estates, buildings and doors, places elsewhere, and whatever
 * else stands in free text are the marker alone. A road is not shown since it may be an alley with three doors.
 *
 * Still tells: the street, in which some ten thousand to several hundred thousand people live.
 */
export function maskAddress(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  let at = value.startsWith(province) ? province.length : 0;
  if (value.startsWith(city, at)) at += city.length;
  const district = divisions.find(({ name }) => value.startsWith(name, at));
  if (!district) return (at > 0 && value.startsWith(city, at - city.length) ? city : '') + marker;
  const street = district.streets.find((name) => value.startsWith(name, at + district.name.length));
  return city + district.name + (street ?? '') + marker;
}
