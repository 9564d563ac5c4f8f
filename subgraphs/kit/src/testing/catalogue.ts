import { Client } from 'pg';
import { schemaSql } from './schema-sql.js';

/** Columns, enums, constraints and indexes of a database, one text each, sorted: equal texts mean equal schemas. */
async function catalogue(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT format('column %s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) AS line
       FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT format('enum %s %s', t.typname, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder))
       FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname
     UNION ALL SELECT format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'
     ORDER BY 1`,
  );
  return rows.map((row) => row.line).filter((line) => !/ (public\.)?_(prisma_migrations|linli_\w+)\b/.test(line));
}

/**
 * What the migrations made, and what schema.prisma describes, as two comparable lists.
 * @param databaseUrl a migrated database
 * @param folder the department's `prisma` folder
 */
export async function compareWithPrismaSchema(
  databaseUrl: string,
  folder: string,
): Promise<{ migrated: string[]; described: string[] }> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const scratch = `scratch_${process.pid}_${Date.now().toString(36)}`;
  const described = new Client({
    connectionString: Object.assign(new URL(databaseUrl), { pathname: `/${scratch}` }).href,
  });
  try {
    await client.query(`CREATE DATABASE ${scratch}`);
    await described.connect();
    await described.query(await schemaSql(folder, databaseUrl));
    return { migrated: await catalogue(client), described: await catalogue(described) };
  } finally {
    await described.end();
    await client.query(`DROP DATABASE IF EXISTS ${scratch} WITH (FORCE)`);
    await client.end();
  }
}
