import type { Relation } from '@linli/schema/subject';
import { Client, Pool } from 'pg';
import { modelTables } from '../scope/data-model.js';
import type { PrismaClientLike, SubgraphDefinition } from '../service/subgraph.js';
import type { RoleCaller } from './role-callers.js';

/** A row of a scoped type as the database has it, read past every scope. */
export interface ScopedRow {
  readonly key: string;
  readonly subject: readonly string[];
  /** Codes of the community or other places. */
  readonly places: readonly string[];
  readonly assigned: readonly string[];
  /** All fields by their names in schema.prisma. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * All rows of each type that a department declares as scoped, in the order of their keys.
 * @param keys the key field of each type
 */
export async function scopedRows<Prisma extends PrismaClientLike>(
  databaseUrl: string,
  definition: Pick<SubgraphDefinition<Prisma, unknown>, 'scope' | 'connect'>,
  keys: ReadonlyMap<string, string>,
): Promise<Map<string, ScopedRow[]>> {
  const pool = new Pool({ connectionString: databaseUrl });
  const prisma = definition.connect(pool);
  const models = modelTables(prisma);
  await prisma.$disconnect();
  await pool.end();
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const found = new Map<string, ScopedRow[]>();
    for (const [type, facts] of Object.entries(definition.scope)) {
      const { table, columns } = models.get(facts.model)!;
      const selected = [...columns].map(([field, column]) => `"${column}" AS "${field}"`).join(', ');
      const { rows } = await client.query<Record<string, unknown>>(`SELECT ${selected} FROM "${table}"`);
      const texts = (value: unknown) => (value == null ? [] : ([value].flat() as string[]));
      found.set(
        type,
        rows
          .map((fields) => ({
            key: fields[keys.get(type)!] as string,
            subject: facts.subject ? texts(fields[facts.subject]) : [],
            places: facts.community ? texts(fields[facts.community]) : [],
            assigned: facts.assigned ? texts(fields[facts.assigned]) : [],
            fields,
          }))
          .sort((a, b) => (a.key < b.key ? -1 : 1)),
      );
    }
    return found;
  } finally {
    await client.end();
  }
}

const placeRelations = new Map<number, Relation>([
  [12, 'community'],
  [9, 'street'],
  [6, 'district'],
  [4, 'city'],
]);

/** How somebody is related to a row, said as plainly as the contract says it. */
export function relationsTo(
  row: ScopedRow,
  { subject, standing }: Pick<RoleCaller, 'subject' | 'standing'>,
): ReadonlySet<Relation> {
  const isAbout = (ids: readonly string[]) => row.subject.some((id) => ids.includes(id));
  const closest = row.places.map((place) =>
    (subject.jurisdiction ?? [])
      .filter((prefix) => place.startsWith(prefix))
      .reduce((length, prefix) => Math.max(length, prefix.length), 0),
  );
  const holding: (Relation | undefined)[] = [
    'none',
    isAbout(subject.residentId === undefined ? [] : [subject.residentId]) ? 'self' : undefined,
    isAbout(standing.wards) ? 'guardian' : undefined,
    isAbout(standing.household) ? 'household' : undefined,
    subject.staffId !== undefined && row.assigned.includes(subject.staffId) ? 'assigned' : undefined,
    ...closest.map((length) => placeRelations.get(length)),
  ];
  return new Set(holding.filter((relation) => relation !== undefined));
}

/** Whether a caller may see a row, by the relations that the gateway lists. */
export function maySee(caller: RoleCaller, row: ScopedRow): boolean {
  const holding = relationsTo(row, caller);
  return caller.relations.some((relation) => holding.has(relation));
}
