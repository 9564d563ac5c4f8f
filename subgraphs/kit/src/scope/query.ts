import type { QueryResult, QueryResultRow } from 'pg';

/** What is used of a PostgreSQL pool or connection. */
export interface Query {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
}
