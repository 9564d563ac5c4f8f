import { Client } from 'pg';
import type { NewEvent } from '../events/event.js';

/** The events in a department's outbox, in their order, sent or not. */
export async function eventsIn(databaseUrl: string): Promise<NewEvent[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<NewEvent>('SELECT type, key, data FROM _linli_outbox ORDER BY seq');
    return rows;
  } finally {
    await client.end();
  }
}
