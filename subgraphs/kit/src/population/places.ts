import { geography } from '@linli/schema/geography';
import { hash32 } from './random.js';

/** The community, household and family that examples, demo users and documentation speak of. */
export const demoCommunity = '440303001001';

/** Dwellings of one community, the same for every department. */
export interface CommunityLayout {
  code: string;
  buildings: number;
  floors: number;
  doorsPerFloor: number;
}

const peoplePerHousehold = 2.4;

/** A made-up size: between 0.4 and 2.2 of the average. No published figure is imitated. */
function weight(code: string): number {
  return code === demoCommunity ? 2 : 0.4 + (hash32('community-size', code) % 1801) / 1000;
}

const weights = geography.communities.map(({ code }) => weight(code));
const totalWeight = weights.reduce((sum, each) => sum + each, 0);
const cumulative = weights.map(
  (
    (sum) => (each: number) =>
      (sum += each)
  )(0),
);

/** The community at a fraction (0 ≤ f < 1) of the city, larger ones more often. */
export function communityAt(fraction: number): string {
  const target = fraction * totalWeight;
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return geography.communities[low]!.code;
}

/** How many buildings a community has, so that `residents` people in the whole city find room with a fifth to spare. */
export function communityLayouts(residents: number): Map<string, CommunityLayout> {
  return new Map(
    geography.communities.map(({ code }, i) => {
      const households = (residents / peoplePerHousehold) * (weights[i]! / totalWeight);
      const floors = households > 100 ? 18 : 6;
      const doorsPerFloor = 4;
      const buildings = Math.max(2, Math.ceil((households * 1.2) / (floors * doorsPerFloor)));
      return [code, { code, buildings, floors, doorsPerFloor }];
    }),
  );
}

/** 楼栋编码, 19 digits: grid (community and two digits) and five digits. Buildings 1–20 stand in grid 01, and so on. */
export function buildingCode(community: string, number: number): string {
  return gridCode(community, number) + String(number).padStart(5, '0');
}

/** 网格编码, 14 digits, of the grid a building stands in. */
export function gridCode(community: string, building: number): string {
  return community + String(Math.floor((building - 1) / 20) + 1).padStart(2, '0');
}

/** 房屋编码, 25 digits: building, floor (four digits), door (two digits). */
export function unitCode(building: string, floor: number, door: number): string {
  return building + String(floor).padStart(4, '0') + String(door).padStart(2, '0');
}
