import { randomFor } from '@linli/kit/population/random';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import type { PropertyGrade, PropertyListing } from '../generated/graphql.js';
import { companies, companyCount, companyId } from './companies.js';
import { demoEstate, type Estate } from './estates.js';

/** Years with a list; the last one is that by which companies are listed now. */
const years = [2023, 2024];
const lastYear = 2024;

const reasons: Record<'INCENTIVE' | 'RISK', string> = {
  INCENTIVE: '示例：业主满意度高，全年无安全责任事故',
  RISK: '示例：隐患逾期未整改，经督促仍未落实',
};
const grades: Record<'INCENTIVE' | 'RISK', PropertyGrade> = { INCENTIVE: 'A', RISK: 'D' };

export const creditTables = {
  credit_list: ['id', 'published_on'],
  credit_list_entry: ['id', 'list_id', 'subject', 'subject_id', 'company_id', 'listing', 'grade', 'reason'],
} as const;

export function creditListRows(): Cell[][] {
  return years.map((year) => [String(year), `${year + 1}-03-31`]);
}

function entry(year: number, subject: string, id: string, company: string, listing: PropertyListing): Cell[][] {
  if (listing === 'NONE') return [];
  const cells = [String(year), subject, id, company, listing, grades[listing], reasons[listing]];
  return [[`credit-${year}-${id}`, ...cells]];
}

/** Made-up shares: 10 of 100 on the incentive list, 5 on the risk list. */
function drawn(standing: number): PropertyListing {
  return standing < 10 ? 'INCENTIVE' : standing < 15 ? 'RISK' : 'NONE';
}

/** Companies on the lists: of the last year those that are listed now. */
export function companyEntries(seed: number): Cell[][] {
  return [...companies(seed)].flatMap(({ id, listing }) => [
    ...entry(2023, 'COMPANY', id, id, drawn(randomFor(seed, 'credit-2023', id).int(0, 99))),
    ...entry(lastYear, 'COMPANY', id, id, listing),
  ]);
}

/** The leader of an estate on the last year's list; that of the demo family's is on the incentive list. */
export function leaderEntry({ id }: Estate, seed: number): Cell[][] {
  const standing = id === demoEstate ? 0 : randomFor(seed, 'credit-leader', id).int(0, 99);
  const company = companyId(randomFor(seed, 'project', id).int(1, companyCount));
  return entry(lastYear, 'PROJECT_LEADER', id, company, drawn(standing));
}
