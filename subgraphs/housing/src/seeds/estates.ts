import { buildingCode, communityLayouts, demoCommunity } from '@linli/kit/population/places';
import { randomFor } from '@linli/kit/population/random';
import { buildingsPerProject } from '@linli/kit/population/staff';
import { geography, type CommunityRecord } from '@linli/schema/geography';

/** An estate of at most ten neighbouring buildings: what one property company serves as one project. */
export interface Estate {
  /** `project-440303001001-1`: community, number within it. */
  id: string;
  name: string;
  community: CommunityRecord;
  yearBuilt: number;
  oldEstate: boolean;
  buildings: EstateBuilding[];
}

export interface EstateBuilding {
  code: string;
  name: string;
  address: string;
  floors: number;
  doorsPerFloor: number;
}

/** Estates finished by the end of this year are old ones (国办发〔2020〕23号). */
const lastOldYear = 2000;

/** The estate of the demo family; an old one, so that its renovation can be shown. */
export const demoEstate = `project-${demoCommunity}-1`;

const districtNames = new Map(geography.districts.map(({ id, name }) => [id, name]));
const streetAddresses = new Map(
  geography.streets.map(({ code, name, districtId }) => [code, `深圳市${districtNames.get(districtId)!}${name}`]),
);

/** All estates of the city for a population, in community order, with the same buildings that the households live in. */
export function* estates(residents: number, seed: number): Generator<Estate> {
  const layouts = communityLayouts(residents);
  for (const community of geography.communities) {
    const layout = layouts.get(community.code)!;
    const estatesHere = Math.ceil(layout.buildings / buildingsPerProject);
    for (let number = 1; number <= estatesHere; number++) {
      const id = `project-${community.code}-${number}`;
      const name = `${community.name}示例花园${estatesHere > 1 ? `${number}期` : ''}`;
      const yearBuilt = id === demoEstate ? 1996 : randomFor(seed, 'estate', id).int(1985, 2022);
      const before = (number - 1) * buildingsPerProject;
      const here = Math.min(buildingsPerProject, layout.buildings - before);
      const buildings = Array.from({ length: here }, (_, i) => ({
        code: buildingCode(community.code, before + i + 1),
        name: `${name}${i + 1}栋`,
        address: `${streetAddresses.get(community.code.slice(0, 9))!}${name}${i + 1}栋`,
        floors: layout.floors,
        doorsPerFloor: layout.doorsPerFloor,
      }));
      yield { id, name, community, yearBuilt, oldEstate: yearBuilt <= lastOldYear, buildings };
    }
  }
}

/** Area in m² of the homes behind one door number: the same on every floor of a building. */
export function doorAreaM2(seed: number, building: string, door: number): number {
  return randomFor(seed, 'door', building, door).int(38, 118);
}
