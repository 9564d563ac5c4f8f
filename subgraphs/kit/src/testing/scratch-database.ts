import { Client } from 'pg';

export interface ScratchDatabase {
  url: string;
  /** A new connection; closed with the database. */
  connect(): Promise<Client>;
  drop(): Promise<void>;
}

let made = 0;

/** The server that LINLI_TEST_DATABASE_URL names, as its superuser. */
export function testServer(): string {
  const admin = process.env['LINLI_TEST_DATABASE_URL'];
  if (!admin) throw new Error('LINLI_TEST_DATABASE_URL is not set: run these tests by `npm test`.');
  return admin;
}

/**
 * A new database on the test server.
 * @param template the database that it is a copy of; empty, if unsaid
 */
export async function scratchDatabase(label: string, template?: string): Promise<ScratchDatabase> {
  const admin = testServer();
  const name = `test_${label.replaceAll('-', '_')}_${process.pid}_${Date.now().toString(36)}_${made++}`;
  const onServer = async (sql: string) => {
    const client = new Client({ connectionString: admin });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await onServer(`CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  const url = Object.assign(new URL(admin), { pathname: `/${name}` }).href;
  const clients: Client[] = [];
  return {
    url,
    async connect() {
      const client = new Client({ connectionString: url });
      await client.connect();
      clients.push(client);
      return client;
    },
    async drop() {
      for (const client of clients) await client.end();
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
