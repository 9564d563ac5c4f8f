import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Relation } from '@linli/schema/subject';
import type { TestCaller, TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';

/** Somebody who writes, and by which relations; they see every row. */
export interface Writer extends TestCaller {
  readonly relations: readonly Relation[];
}

const wards = ['demo-child', 'demo-toddler'];

export const resident: Writer = { subject: { id: 'u-resident', residentId: 'demo-resident' }, relations: ['self'] };
export const guardian: Writer = {
  subject: { id: 'u-guardian', residentId: 'demo-spouse' },
  standing: { household: [], wards },
  relations: ['self', 'guardian'],
};
/** Somebody of the same street whom nothing connects with the demo family. */
export const stranger: Writer = {
  subject: { id: 'u-stranger', residentId: 'stranger' },
  relations: ['self', 'guardian'],
};
export const doctor: Writer = {
  subject: { id: 'u-doctor', staffId: 'demo-family-doctor', jurisdiction: ['440303001001'] },
  relations: ['assigned'],
};
export const otherDoctor: Writer = {
  subject: { id: 'u-other', staffId: 'family-doctor-440303001001-2', jurisdiction: ['440303001001'] },
  relations: ['assigned'],
};
export const officer: Writer = {
  subject: { id: 'u-officer', jurisdiction: ['4403'] },
  relations: ['community', 'street', 'district', 'city'],
};

export interface Written {
  // Tests read whatever they asked for.
  [field: string]: any;
  userErrors: { field: string[] | null; message: string; code: string }[];
}

/** What a test writes and reads by. */
export function writing(service: () => TestSubgraph) {
  const write = async (as: Writer, mutation: string, input: object, selection = ''): Promise<Written> => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const { relations, ...caller } = as;
    const { data, errors } = await service().query(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} userErrors { field message code } } }`,
      { input },
      { ...caller, writes: { [mutation]: relations } },
    );
    expect(errors).toBeUndefined();
    return data[mutation];
  };
  /** Field and code of each reason, as `package INVALID`. */
  const refusals = async (as: Writer, mutation: string, input: object): Promise<string[]> => {
    const { userErrors } = await write(as, mutation, input);
    for (const { message } of userErrors) expect(message).toMatch(/\p{Script=Han}/u);
    return userErrors.map(({ field, code }) => `${field?.join('.') ?? ''} ${code}`);
  };
  const sql = async (statement: string, values: unknown[] = []): Promise<any[]> => {
    const client = new Client({ connectionString: service().databaseUrl });
    await client.connect();
    try {
      return (await client.query(statement, values)).rows;
    } finally {
      await client.end();
    }
  };
  const read = async (operation: string, variables = {}): Promise<any> => {
    const { data, errors } = await service().query(operation, variables);
    expect(errors).toBeUndefined();
    return data;
  };
  return { write, refusals, sql, read };
}

/** Waits until the department has ended the seeded contracts that have run out since, as it does soon after its start. */
export async function settled({ databaseUrl }: TestSubgraph): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const done = () => client.query('SELECT FROM _linli_job WHERE finished_at IS NOT NULL');
    while ((await done()).rowCount === 0) await sleep(100);
  } finally {
    await client.end();
  }
}

/** A resident with a health record of their own, whom no seed knows: an adult unless born later. */
export function newcomer(number: number | string, born = '1990-05-20') {
  const residentId = `newcomer-${number}`;
  const as: Writer = { subject: { id: `u-${residentId}`, residentId }, relations: ['self'] };
  const record = {
    residentId,
    communityCode: '440303001001',
    birthDate: born,
    facilityId: 'community-health-440303001001-1',
  };
  return { residentId, as, record };
}
