import { Pool } from 'pg';
import { runIfDue } from '../jobs/job.js';
import type { PrismaClientLike, SubgraphDefinition } from '../service/subgraph.js';

/**
 * Runs one of a department's jobs on a test's database, if it is due at that time.
 * @returns whether it ran
 */
export async function runJob<Client extends PrismaClientLike, Loaders>(
  definition: SubgraphDefinition<Client, Loaders>,
  databaseUrl: string,
  name: string,
  now: Date,
): Promise<boolean> {
  const job = definition.jobs?.find((each) => each.name === name);
  if (!job) throw new Error(`There is no job ${name}.`);
  const pool = new Pool({ connectionString: databaseUrl });
  const client = definition.connect(pool);
  try {
    return await runIfDue(client, job, now);
  } finally {
    await client.$disconnect();
    await pool.end();
  }
}
