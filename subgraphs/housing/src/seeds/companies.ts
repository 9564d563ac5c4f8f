import { syntheticCreditCode } from '@linli/kit/identifiers/synthetic';
import { randomFor } from '@linli/kit/population/random';
import { plan } from '@linli/schema/plan';
import type { PropertyGrade, PropertyListing } from '../generated/graphql.js';

export interface Company {
  id: string;
  creditCode: string;
  name: string;
  grade: PropertyGrade;
  listing: PropertyListing;
  listingYear: number | null;
  employees: number;
}

/** The plan counts the people who work in property service, not the companies: their number is made up. */
export const companyCount = 240;

const firstCharacters = '安邦恒和华嘉锦康丽美宁平瑞盛泰祥'.split('');
const secondCharacters = '诚达德丰富福广家居景乐林隆顺苑'.split('');

/** The year of the latest incentive and risk lists. */
const listYear = 2024;

export function companyId(number: number): string {
  return `company-${String(number).padStart(3, '0')}`;
}

/** Made-up companies, all with 例 in their name, that together employ as many people as the plan counts for 2020. */
export function* companies(seed: number): Generator<Company> {
  const employed = plan.facts.find((fact) => fact.id === 'f22')!.value;
  const draws = Array.from({ length: companyCount }, (_, i) => randomFor(seed, 'company', i + 1));
  const weights = draws.map((random) => random.int(10, 300));
  const total = weights.reduce((sum, each) => sum + each, 0);
  let weightBefore = 0;
  for (const [i, random] of draws.entries()) {
    const weight = weightBefore + weights[i]!;
    const standing = random.int(0, 99);
    const listing = standing < 10 ? 'INCENTIVE' : standing < 15 ? 'RISK' : 'NONE';
    const first = firstCharacters[i % firstCharacters.length]!;
    const second = secondCharacters[Math.floor(i / firstCharacters.length)]!;
    yield {
      id: companyId(i + 1),
      creditCode: syntheticCreditCode('91', i + 1),
      name: `深圳市例${first}${second}物业服务有限公司`,
      grade: listing === 'INCENTIVE' ? 'A' : listing === 'RISK' ? 'D' : random.pick(['A', 'B', 'B', 'C'] as const),
      listing,
      listingYear: listing === 'NONE' ? null : listYear,
      employees: Math.floor((weight * employed) / total) - Math.floor((weightBefore * employed) / total),
    };
    weightBefore = weight;
  }
}
