import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { NurseryClassAgeGroup, NurseryClassMode } from '../generated/graphql.js';
import { sites } from './sites.js';

/** Every so many communities of a street, from its first, a kindergarten has a nursery class. */
const nurseryEvery = 4;
const optionalModes: NurseryClassMode[] = ['HALF_DAY', 'HOURLY', 'TEMPORARY'];
const ageGroups: NurseryClassAgeGroup[] = ['FROM_12_TO_24_MONTHS', 'FROM_24_TO_36_MONTHS', 'FROM_24_TO_36_MONTHS'];

/**
 * Kindergartens: one in every community, a second in every other. Their number is made up; nursery classes reach what
 * the plan asks for (专栏3-3: one in every street by 2022, 200 in the city by 2025).
 */
export const kindergartensSeed = defineSeed({
  name: 'kindergartens',
  tables: {
    kindergarten: ['id', 'name', 'community_code', 'inclusive', 'places', 'has_nursery_class'],
    nursery_class: ['id', 'kindergarten_id', 'places', 'available_places', 'age_group', 'modes'],
  },
  async run({ load, seed }) {
    for (const { community, position } of sites()) {
      const { code, name } = community;
      const here = position % 2 === 0 ? 2 : 1;
      for (let number = 1; number <= here; number++) {
        const random = randomFor(seed, 'kindergarten', code, number);
        const id = `kindergarten-${code}-${number}`;
        const hasNurseryClass = number === 1 && position % nurseryEvery === 0;
        load.row('kindergarten', [
          id,
          `${name}${here > 1 ? `第${number}` : ''}幼儿园`,
          code,
          random.chance(0.86),
          random.int(6, 18) * 30,
          hasNurseryClass,
        ]);
        if (!hasNurseryClass) continue;
        const places = random.int(1, 3) * 15;
        load.row('nursery_class', [
          `nursery-class-${code}-${number}`,
          id,
          places,
          random.chance(0.25) ? 0 : random.int(1, places),
          random.pick(ageGroups),
          ['FULL_DAY', ...optionalModes.filter(() => random.chance(0.4))],
        ]);
      }
      await load.flushIfFull();
    }
  },
});
