import type { Relation, Subject } from '@linli/schema/subject';
import type { TestCaller, TestSubgraph } from '@linli/kit/testing/test-subgraph';

export const here = '440303001001';
export const elsewhere = '440304001019';

const people: Record<string, Partial<Subject>> = {
  resident: { roles: ['resident'], residentId: 'demo-resident', jurisdiction: [] },
  gridWorker: {
    roles: ['grid-worker'],
    department: 'public-security',
    staffId: 'demo-grid-worker',
    jurisdiction: [here],
  },
  communityWorker: { roles: ['community-worker'], staffId: 'demo-community-worker', jurisdiction: [here] },
  police: {
    roles: ['community-police'],
    department: 'public-security',
    staffId: 'demo-community-police',
    jurisdiction: [here],
  },
  supervisor: { roles: ['street-supervisor'], jurisdiction: [here.slice(0, 9)] },
  officer: { roles: ['department-data-officer'], department: 'public-security', jurisdiction: ['4403', '441521102'] },
};

/** Who writes in a test, and by which relations the policies let them. */
const relations: Record<keyof typeof people, readonly Relation[]> = {
  resident: ['self'],
  gridWorker: ['community', 'assigned'],
  communityWorker: ['community', 'assigned'],
  police: ['community', 'assigned'],
  supervisor: ['street'],
  officer: ['community', 'street', 'district', 'city'],
};

/** A caller who may write through one mutation as the policies say, changed as given. */
export function as(person: string, mutation: string, change: Partial<Subject> = {}): TestCaller {
  return {
    subject: { id: `u-${person}`, ...people[person], ...change },
    writes: { [mutation]: relations[person]! },
  };
}

export interface Written {
  userErrors: { field: string[] | null; code: string; message: string }[];
  [field: string]: any;
}

/** Sends a mutation; throws where the department answers an error instead of a payload. */
export async function write(
  service: TestSubgraph,
  mutation: string,
  input: object,
  selection: string,
  caller: TestCaller,
): Promise<Written> {
  const shape = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await service.query(
    `mutation ($input: ${shape}!) { ${mutation}(input: $input) { ${selection} userErrors { field code message } } }`,
    { input },
    caller,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data[mutation] as Written;
}

/** The refusals as `path: CODE`. */
export function refusals({ userErrors }: Written): string[] {
  return userErrors.map(({ field, code }) => `${field?.join('.') ?? ''}: ${code}`);
}
