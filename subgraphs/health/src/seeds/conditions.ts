import type { Random } from '@linli/kit/population/random';
import type { ChronicCondition } from '../generated/graphql.js';

/** Made-up shares of people with a condition at 40–59 years, and from 60. */
const shares: readonly (readonly [ChronicCondition, number, number])[] = [
  ['HYPERTENSION', 0.16, 0.48],
  ['DIABETES', 0.07, 0.2],
  ['COPD', 0.02, 0.08],
  ['CORONARY_DISEASE', 0.02, 0.11],
  ['STROKE', 0.01, 0.05],
];

const allergens = ['青霉素', '头孢类抗生素', '花生', '海鲜', '尘螨', '牛奶'];
const allergicShare = 0.08;

export function conditionsOf(age: number, random: Random): ChronicCondition[] {
  return shares
    .filter(([, from40, from60]) => random.chance(age >= 60 ? from60 : age >= 40 ? from40 : 0))
    .map(([condition]) => condition);
}

export function allergiesOf(random: Random): string[] {
  if (!random.chance(allergicShare)) return [];
  return [...new Set([random.pick(allergens), random.pick(allergens)])];
}
