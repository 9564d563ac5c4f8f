import pg from 'pg';

/** Statements that only frame a transaction or a session, and those by which jobs and events look for work. */
const framing = /^\s*(BEGIN|COMMIT|ROLLBACK|SET|DEALLOCATE)\b|\b_linli_\w+/i;

/**
 * By how many statements two runs of one operation may differ. A loader that is asked from several places of it sends
 * one batch or a few, as the answers before happen to come in; a statement for each row would add one for each.
 */
export const splitBatches = 12;

/**
 * Counts the SQL statements that any PostgreSQL client of this process sends while `work` runs, Prisma's included.
 * @returns what `work` returned, and the statements' texts in order
 */
export async function countStatements<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; statements: string[] }> {
  const statements: string[] = [];
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const original = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    const [first] = args;
    const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text;
    if (text !== undefined && !framing.test(text)) statements.push(text);
    return original.apply(this, args);
  };
  try {
    return { result: await work(), statements };
  } finally {
    prototype.query = original;
  }
}
