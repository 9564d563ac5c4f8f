import { demoCommunity } from '@linli/kit/population/places';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { EmergencyHazard, SupplyItem } from '../generated/graphql.js';
import { dayBefore } from './calendar.js';
import { planOf } from './emergency.js';

/** How much of each item a shelter should have at the least. Defaults, the plan gives no numbers. */
const minimum: Record<SupplyItem, number> = {
  WATER: 60,
  FOOD: 200,
  BLANKET: 80,
  TENT: 10,
  FIRST_AID: 10,
  TORCH: 30,
  LIFE_JACKET: 10,
  SANDBAG: 50,
};
const allItems = Object.keys(minimum) as SupplyItem[];
const usualItems: SupplyItem[] = ['WATER', 'FOOD'];

const summaries: Record<EmergencyHazard, string> = {
  TYPHOON: '示例：转移安置演练，居民按楼栋有序进入避难场所',
  RAINSTORM: '示例：低洼路段警戒与排涝演练',
  THUNDERSTORM: '示例：户外作业人员避雷演练',
  HEAT: '示例：高温中暑急救演练',
  WATERLOGGING: '示例：地下车库防水淹演练',
  LANDSLIDE: '示例：边坡巡查与人员撤离演练',
  FIRE: '示例：楼宇火灾疏散与初期火灾扑救演练',
  CROWDING: '示例：人员密集场所疏散演练',
};

/** Supplies of shelters, the latest drill of every community that has had one, terminals of the emergency broadcast. */
export const storesSeed = defineSeed({
  name: 'emergency-stores',
  tables: {
    supply_stock: ['id', 'item', 'quantity', 'opening', 'minimum', 'shelter_id', 'community_code'],
    emergency_drill: ['id', 'hazard', 'held_on', 'participants', 'summary', 'community_code'],
    broadcast_terminal: ['id', 'location', 'online', 'community_code'],
  },
  async run({ load, seed }) {
    for (const { code } of geography.communities) {
      const demo = code === demoCommunity;
      for (const kind of demo ? ['indoor', 'outdoor'] : ['indoor']) {
        for (const item of demo ? allItems : usualItems) {
          const least = minimum[item];
          const quantity = randomFor(seed, 'supplies', code, kind, item).int(Math.round(least * 0.8), least * 3);
          const shelter = `shelter-${kind}-${code}`;
          load.row('supply_stock', [
            `stock-${item.toLowerCase()}-${shelter}`,
            item,
            quantity,
            quantity,
            least,
            shelter,
            code,
          ]);
        }
      }
      const random = randomFor(seed, 'drill', code);
      const { hazards, drilled } = planOf(seed, code);
      if (drilled !== null) {
        const hazard = random.pick(hazards);
        load.row('emergency_drill', [
          opaqueId('d', code, 1),
          hazard,
          dayBefore(drilled),
          random.int(3, 30) * 10,
          summaries[hazard],
          code,
        ]);
      }
      load.row('broadcast_terminal', [opaqueId('b', code, 1), '社区公园', demo || random.chance(0.95), code]);
      await load.flushIfFull();
    }
  },
});
