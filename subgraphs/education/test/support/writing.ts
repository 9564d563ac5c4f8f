import type { Relation } from '@linli/schema/subject';
import { demoCommunity } from '@linli/kit/population/places';
import type { Answer, TestCaller, TestSubgraph } from '@linli/kit/testing/test-subgraph';

/** What a mutation answered: its payload, with the codes of why it did not happen. */
export interface Written {
  // Tests read whatever they asked for.
  [field: string]: any;
  userErrors: { field: string[] | null; code: string; message: string }[];
}

/** Somebody who may write through every mutation, to whom they are related so. */
export interface Writer extends TestCaller {
  readonly relations: readonly Relation[];
}

export function resident(residentId: string): Writer {
  return {
    subject: { id: `user-of-${residentId}`, residentId, roles: ['resident'], jurisdiction: [] },
    relations: ['self'],
  };
}

export function guardian(residentId: string, ...wards: string[]): Writer {
  return {
    subject: { id: `user-of-${residentId}`, residentId, roles: ['guardian'], jurisdiction: [] },
    standing: { household: [residentId, ...wards], wards },
    relations: ['guardian'],
  };
}

export function teacher(staffId = 'demo-teacher', place = demoCommunity): Writer {
  return {
    subject: { id: `user-of-${staffId}`, staffId, roles: ['teacher'], department: 'education', jurisdiction: [place] },
    relations: ['assigned'],
  };
}

/** A teacher, for what teachers may do in all of their community. */
export function publisher(staffId?: string, place?: string): Writer {
  return { ...teacher(staffId, place), relations: ['assigned', 'community'] };
}

export const officer: Writer = {
  subject: {
    id: 'user-officer',
    roles: ['department-data-officer'],
    department: 'education',
    jurisdiction: ['4403', '441521102'],
  },
  relations: ['community', 'street', 'district', 'city'],
};

/** Sends one mutation; fails where it is answered with an error instead of a payload. */
export async function write(
  service: TestSubgraph,
  name: string,
  input: object,
  selection: string,
  { relations, ...as }: Writer,
): Promise<Written> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer: Answer = await service.query(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { field code message } } }`,
    { input },
    { ...as, writes: { [name]: relations } },
  );
  if (answer.errors) throw new Error(`${name}: ${answer.errors[0]!.message}`);
  return answer.data[name] as Written;
}

/** The codes of a refusal with the input that each is about. */
export function reasons({ userErrors }: Written): string[] {
  return userErrors.map(({ field, code }) => `${field?.join('.') ?? ''} ${code}`);
}
