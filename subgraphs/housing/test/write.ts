import { expect } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import type { Answer, TestCaller, TestSubgraph } from '@linli/kit/testing/test-subgraph';
import type { Relation } from '@linli/schema/subject';

/** Somebody who writes, and by which relations the policies let them, whatever the mutation. */
export interface Writer extends TestCaller {
  readonly by: readonly Relation[];
}

const resident = (residentId: string): Writer => ({
  subject: { id: residentId, residentId, jurisdiction: [] },
  by: ['self'],
});

const staff = (post: string, by: Relation, jurisdiction = [demoCommunity]): Writer => ({
  subject: { id: post, staffId: `demo-${post}`, jurisdiction },
  by: [by],
});

export const writers = {
  resident,
  communityWorker: staff('community-worker', 'community'),
  gridWorker: staff('grid-worker', 'community'),
  propertyManager: staff('property-manager', 'assigned'),
  /** A community worker of another community. */
  elsewhere: staff('stranger', 'community', ['440303001002']),
  officer: { subject: { id: 'officer', jurisdiction: ['4403', '4415'] }, by: ['city'] } satisfies Writer,
};

export interface Written {
  userErrors: { field: string[] | null; code: string; message: string }[];
  // Tests read whatever they asked for.

  [field: string]: any;
}

/** Calls a mutation as somebody; what it answers. */
export async function write(
  service: TestSubgraph,
  name: string,
  input: object,
  { by, ...as }: Writer,
  selection = '',
): Promise<Written> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const operation = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { field code message } } }`;
  const { data, errors }: Answer = await service.query(operation, { input }, { ...as, writes: { [name]: by } });
  expect(errors).toBeUndefined();
  return data[name];
}

/** The codes of what was wrong, with the parts of the input that they are about. */
export function refusals({ userErrors }: Written): string[] {
  return userErrors.map(({ field, code }) => `${field?.join('.') ?? ''} ${code}`.trim());
}

/** The day so many days from today in Shenzhen, YYYY-MM-DD. */
export function today(days = 0): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
  return day.format(new Date(Date.now() + days * 86_400_000));
}
