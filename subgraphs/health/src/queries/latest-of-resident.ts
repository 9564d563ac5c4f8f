import { source, type Source } from '@linli/kit/scope/reader';
import { identifier, sql, visible, type ScopedSql } from '@linli/kit/scope/sql';
import DataLoader from 'dataloader';

/** Rows of one kind that a resident's list has at the most. */
export const mostRows = 50;

interface ResidentRow {
  id: string;
  residentId: string;
}

interface ResidentModel<Row> {
  readonly [source]: Source;
  findMany(query: { where: object; orderBy: object[] }): PromiseLike<Row[]>;
}

/**
 * A resident's latest rows of a kind, of those the caller may see, latest first, many residents a statement for the keys
 * and one for the rows.
 * @param when the field by which one row is later than another
 */
export function latestOfResident<Row extends ResidentRow>(
  scoped: ScopedSql,
  model: ResidentModel<Row>,
  when: keyof Row & string,
): DataLoader<string, Row[]> {
  const { table } = model[source];
  const column = identifier(table.columns.get(when)!);
  return new DataLoader(async (residents) => {
    const keys = await scoped.rows<{ id: string }>(
      sql`SELECT latest.id FROM unnest(${residents}::text[]) AS r(resident) CROSS JOIN LATERAL (
         SELECT id FROM ${visible(table.table)} a WHERE resident_id = r.resident
         ORDER BY ${column} DESC, id DESC LIMIT ${mostRows}) latest`,
    );
    const rows = await model.findMany({
      where: { id: { in: keys.map(({ id }) => id) } },
      orderBy: [{ [when]: 'desc' }, { id: 'desc' }],
    });
    const byResident = new Map<string, Row[]>(residents.map((id) => [id, []]));
    for (const row of rows) byResident.get(row.residentId)!.push(row);
    return residents.map((id) => byResident.get(id)!);
  });
}
