import { runJob } from '@linli/kit/testing/jobs';
import type { TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../../src/subgraph.js';

/** Waits until the jobs of a new service have run for the first time: until the next time, rows stay as they are. */
export async function settled({ databaseUrl }: Pick<TestSubgraph, 'databaseUrl'>): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const { name } of subgraph.jobs ?? []) {
      await runJob(subgraph, databaseUrl, name, new Date());
      // Where the service itself is at it, its row is locked until it is done.
      await client.query('SELECT name FROM _linli_job WHERE name = $1 FOR UPDATE', [name]);
    }
  } finally {
    await client.end();
  }
}
