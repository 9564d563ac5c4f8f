import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordStatements } from '@linli/kit/testing/statements';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';

let service: TestSubgraph;
let client: Client;

/** Enough that reading all of them costs more than an index, of ten years. */
const records = 60_000;

beforeAll(async () => {
  service = await testSubgraph(subgraph);
  client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  await client.query(
    `WITH r AS (
       SELECT lpad(to_hex(281474976710655 - (1600000000000 + i * 5000000::bigint)), 12, '0') || i AS id, i,
         to_timestamp(1600000000 + i * 5000) AS at, ARRAY['resident-' || i % 5000, 'resident-' || (i + 1) % 5000] AS residents
       FROM generate_series(1, $1::int) AS i
     ), records AS (
       INSERT INTO disclosure_record (id, at, reader, staff_id, roles, purpose, emergency, operation_hash, policies,
         residents, coordinates, row_count, entries)
       SELECT id, at, 'r' || i, 'staff-' || i % 500, '{community-worker}', 'purpose-' || i % 20, i % 1000 = 0, 'ab', 'v1',
         residents, ARRAY['Type.field' || i % 400], 2, '[]' FROM r
     )
     INSERT INTO disclosure (id, record_id, resident_id, own, at, roles, emergency, fields)
     SELECT id || '-' || n, id, residents[n], i % 3 = 0, at, '{community-worker}', false, '[]'
     FROM r, generate_series(1, 2) AS n`,
    [records],
  );
  await client.query('VACUUM ANALYZE');
});

afterAll(async () => {
  await client.end();
  await service.close();
});

const page = '{ nodes { id } pageInfo { endCursor } }';
const counted = '{ totalCount nodes { id } }';
const self = { subject: { residentId: 'resident-7' }, scope: { Disclosure: ['self'] } } as const;

test.each([
  ['disclosuresOfMe', counted],
  ['disclosuresOfMe(includeOwn: true)', counted],
  ['disclosuresOf(residentId: "resident-7")', counted],
  ['disclosures', page],
  ['disclosures(filter: { subject: "resident-7" })', counted],
  ['disclosures(filter: { staff: "staff-7" })', counted],
  ['disclosures(filter: { purpose: "purpose-7" })', counted],
  ['disclosures(filter: { emergency: true })', counted],
  ['disclosures(filter: { coordinate: "Type.field7" })', counted],
  ['disclosures(filter: { from: "2024-01-01T00:00:00Z", until: "2024-01-20T00:00:00Z" })', counted],
  ['emergencyDisclosures', counted],
  ['emergencyDisclosures(from: "2024-01-01T00:00:00Z")', counted],
])('%s reads no table from one end to the other', async (field, selection) => {
  const { result, statements } = await recordStatements(() => service.query(`{ ${field} ${selection} }`, {}, self));
  expect(result.errors).toBeUndefined();
  const lists = statements.filter(({ text }) => text.includes('disclosure'));
  expect(lists.length).toBeGreaterThan(0);
  for (const { text, values } of lists) {
    const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${text}`, [...values]);
    expect(JSON.stringify(rows)).not.toContain('Seq Scan');
  }
});
