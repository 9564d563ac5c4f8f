import type { ModelName } from '../scope/declaration.js';

/** All models of a client, with all that can be done with them. */
export type Models<Client> = { readonly [Model in ModelName<Client>]: Client[Model] };

/** What a transaction of a Prisma client offers beside its models. */
export interface TransactionClient {
  $queryRawUnsafe(text: string, ...values: unknown[]): Promise<unknown>;
}

/** What is used of a Prisma client to run transactions; each client has types of its own for it. */
export interface Transactional {
  $transaction(...args: never[]): Promise<unknown>;
}

type Transact = <Result>(
  work: (tx: TransactionClient) => Promise<Result>,
  options: { timeout: number; maxWait: number },
) => Promise<Result>;

/** SQLSTATEs after which the same transaction may succeed: serialization failure, deadlock. */
const transient = new Set(['40001', '40P01']);
const uniqueViolation = '23505';
const attempts = 5;

/** The SQLSTATE of a failed statement, through what Prisma and its adapter wrap it in; undefined for other errors. */
function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, meta, cause, originalCode } = error as Record<string, unknown> & {
    meta?: Record<string, unknown>;
  };
  if (code === 'P2034') return '40001';
  if (code === 'P2002') return uniqueViolation;
  if (typeof originalCode === 'string') return originalCode;
  return sqlState(meta?.['driverAdapterError']) ?? sqlState(cause);
}

/** Whether a statement failed because what it writes is there already. */
export function isDuplicate(error: unknown): boolean {
  return sqlState(error) === uniqueViolation;
}

/**
 * Runs work in one transaction (READ COMMITTED), again where it was given up only because of others.
 * @param timeoutMs how long it may take, in milliseconds
 */
export async function inTransaction<Result>(
  client: Transactional,
  work: (tx: TransactionClient) => Promise<Result>,
  timeoutMs: number,
): Promise<Result> {
  const transact = client.$transaction.bind(client) as unknown as Transact;
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact(work, { timeout: timeoutMs, maxWait: 10_000 });
    } catch (error) {
      const state = sqlState(error);
      if (state === undefined || !transient.has(state) || attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}
