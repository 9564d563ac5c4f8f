import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';
import type { ShopCategory } from '../generated/graphql.js';

const titles: Record<ShopCategory, string> = {
  GROCERY: '示例生鲜店',
  CONVENIENCE_STORE: '示例便利店',
  BREAKFAST: '示例早餐店',
  CATERING: '示例餐馆',
  PHARMACY: '示例药店',
  HAIRDRESSER: '示例理发店',
  LAUNDRY: '示例洗衣店',
  REPAIR: '示例维修铺',
  DOMESTIC_SERVICE: '示例家政服务部',
  RECYCLING: '示例回收站',
  BOOKS: '示例书店',
  UNSTAFFED_STORE: '示例无人便利店',
};
const categories = Object.keys(titles) as ShopCategory[];

/** Made-up shares of shops of a chain, and of communities with a parcel station beside the lockers. */
const chainShare = 0.35;
const stationShare = 0.3;

/** Two shops to a community and three in the first, of all kinds in turn; a parcel locker in each. */
export const commerceSeed = defineSeed({
  name: 'commerce',
  tables: {
    shop: ['id', 'community_code', 'name', 'category', 'area_m2', 'hours', 'chain', 'registered_on'],
    parcel_point: ['id', 'community_code', 'name', 'kind', 'capacity', 'hours'],
  },
  async run({ load, seed }) {
    let serial = 0;
    for (const [i, { code, name }] of geography.communities.entries()) {
      const random = randomFor(seed, 'commerce', code);
      for (let number = 1; number <= (i === 0 ? 3 : 2); number++) {
        const category = categories[serial++ % categories.length]!;
        load.row('shop', [
          `shop-${code}-${number}`,
          code,
          `${name}${titles[category]}`,
          category,
          random.int(20, 320),
          '07:30-22:00',
          random.chance(chainShare),
          `20${random.int(15, 24)}-0${random.int(1, 9)}-15`,
        ]);
      }
      const point = (number: number, kind: string, title: string, capacity: number, hours: string) =>
        load.row('parcel_point', [`parcel-${code}-${number}`, code, `${name}${title}`, kind, capacity, hours]);
      point(1, 'LOCKER', '快递柜', random.int(3, 9) * 12, '全天');
      if (i === 0 || random.chance(stationShare))
        point(2, 'STATION', '快递驿站', random.int(2, 9) * 100, '09:00-21:00');
      await load.flushIfFull();
    }
  },
});
