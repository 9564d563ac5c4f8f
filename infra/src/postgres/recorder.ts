import { urlFor, withAdmin } from './admin.js';
import { databaseName } from './databases.js';

const role = 'linli_recorder';
/** What the gateway adds to the disclosure record; they are made by the subgraph that publishes it. */
const tables = ['disclosure_record', 'disclosure'];

/**
 * Makes the role by which the gateway adds to the disclosure record, and can do nothing else, on the embedded server. As
 * long as the tables are not there, it can not even do that, and the gateway holds answers with personal data back.
 *
 * @param adminUrl of the server's superuser
 * @param password of the role, set anew at every start
 * @returns its connection URL
 */
export async function createRecorder(adminUrl: string, password: string): Promise<string> {
  const database = databaseName('governance');
  await withAdmin(urlFor(adminUrl, database), async (admin) => {
    const found = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    await admin.query(
      `${found.rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD ${admin.escapeLiteral(password)}`,
    );
    await admin.query(`GRANT CONNECT ON DATABASE ${database} TO ${role}`);
    for (const table of tables) {
      const { rows } = await admin.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [table]);
      if (rows[0]!.there) await admin.query(`GRANT INSERT ON ${table} TO ${role}`);
    }
  });
  return urlFor(adminUrl, database, { user: role, password });
}
