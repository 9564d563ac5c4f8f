import pg from 'pg';

/** Statements that only frame a transaction or a session, and those by which jobs and events look for work. */
const framing = /^\s*(BEGIN|COMMIT|ROLLBACK|SET|DEALLOCATE)\b|\b_linli_\w+/i;

/**
 * By how many statements two runs of one operation may differ. A loader that is asked from several places of it sends
 * one batch or a few, as the answers before happen to come in; a statement for each row would add one for each.
 */
export const splitBatches = 12;

/** A statement as it was sent. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Notes the SQL statements that any PostgreSQL client of this process sends while `work` runs, Prisma's included.
 * @returns what `work` returned, and the statements in order
 */
export async function recordStatements<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; statements: Statement[] }> {
  const statements: Statement[] = [];
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const original = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    const [first, second] = args;
    const config = typeof first === 'string' ? { text: first } : (first as Partial<Statement> | undefined);
    if (config?.text !== undefined && !framing.test(config.text)) {
      const values = config.values ?? (Array.isArray(second) ? (second as unknown[]) : []);
      statements.push({ text: config.text, values });
    }
    return original.apply(this, args);
  };
  try {
    return { result: await work(), statements };
  } finally {
    prototype.query = original;
  }
}

/** Counts them: what `work` returned, and the statements' texts in order. */
export async function countStatements<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; statements: string[] }> {
  const { result, statements } = await recordStatements(work);
  return { result, statements: statements.map(({ text }) => text) };
}

/** The fewest statements of three runs: the one in which the batches were split the least. */
export async function fewestStatements<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; statements: string[] }> {
  let fewest = await countStatements(work);
  for (let again = 0; again < 2; again += 1) {
    const counted = await countStatements(work);
    if (counted.statements.length < fewest.statements.length) fewest = counted;
  }
  return fewest;
}
