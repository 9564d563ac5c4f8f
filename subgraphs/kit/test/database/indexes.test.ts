import { describe, expect, test } from '@jest/globals';
import { departments, type Department } from '@linli/schema/departments';
import { Client } from 'pg';
import type { PrismaClientLike, SubgraphDefinition } from '../../src/service/subgraph.js';
import { sequentialScans } from '../../src/testing/explain.js';
import { testSubgraph } from '../../src/testing/test-subgraph.js';

type AnySubgraph = SubgraphDefinition<PrismaClientLike, unknown>;

async function definitionOf(department: Department): Promise<AnySubgraph> {
  const module = (await import(`../../../${department}/src/subgraph.js`)) as {
    subgraph?: AnySubgraph;
    connectors?: (agreements: object) => AnySubgraph;
  };
  return module.subgraph ?? module.connectors!({});
}

/** Small, for the planner is made to believe that there are more. */
const residents = 1000;

describe.each(departments)('%s, in a city of a million residents', (department) => {
  test('reads no large table from one end to the other for any list, search or filter', async () => {
    const definition = { ...(await definitionOf(department)), jobs: [] };
    const service = await testSubgraph(definition, { residents });
    try {
      const { scans, operations, large } = await sequentialScans(service, definition, residents);
      expect(operations).toBeGreaterThan(3);
      // Of these two nothing grows with the residents: what grows are the years.
      expect(large.length > 0).toBe(department !== 'connectors' && department !== 'governance');
      expect(scans).toEqual([]);
    } finally {
      await service.close();
    }
  }, 300_000);
});

test('a list whose index is missing is told', async () => {
  const definition = { ...(await definitionOf('health')), jobs: [] };
  const service = await testSubgraph(definition, { residents });
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    await client.query('DROP INDEX family_doctor_contract_community_code_id_idx');
    const { scans } = await sequentialScans(service, definition, residents);
    expect(scans).toContainEqual(expect.stringMatching(/^family_doctor_contract: familyDoctorContracts\(/));
  } finally {
    await client.end();
    await service.close();
  }
}, 300_000);
