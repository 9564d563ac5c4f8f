import type { Caller } from '@linli/schema/subject';
import type { Query } from '../scope/query.js';
import type { Scope } from '../scope/scope.js';
import type { Write, WriteContext } from './mutation.js';
import { refuse } from './refusal.js';
import { relationsOf, type Facts } from './relation.js';
import { ModelWriter, type RowWriter } from './rows.js';
import { systemContext } from './system.js';
import { inTransaction, type Transactional } from './transaction.js';

/** Milliseconds that a mutation may take. */
const timeoutMs = 10_000;

/**
 * What a mutation of a caller works with. The gateway has stated by which relations they may write through it; the rows
 * that they are not related to so, they do not find.
 */
export function writerFor<Client extends Transactional & object>(
  client: Client,
  scope: Scope<Client>,
  caller: Caller,
): Write<Client> {
  return (mutation, work) =>
    inTransaction(
      client,
      (tx) => {
        const system = systemContext<Client>(tx, new Date());
        const relations = caller.writes?.[mutation] ?? [];
        const inTx = { client: tx, query: queryOf(system) };
        const writes = Object.fromEntries(scope.types.map((type) => [type, relations]));
        const isRelated = (facts: Facts) => {
          const found = relationsOf(caller, facts);
          return relations.some((relation) => found.has(relation));
        };
        const context: WriteContext<Client> = {
          ...system,
          caller,
          subject: caller.subject,
          rows: scope.modelsIn(inTx, { ...caller, scope: writes }, ModelWriter) as unknown as RowWriter<Client>,
          visible: scope.modelsIn(inTx, caller),
          isRelated,
          requireRelation(field, facts) {
            if (!isRelated(facts)) throw refuse(field, 'NOT_ALLOWED', '您无权为此人或此地办理这件事。');
          },
        };
        return work(context);
      },
      timeoutMs,
    );
}

/** A transaction's SQL in the form of a connection's. */
function queryOf({ query }: Pick<WriteContext<unknown>, 'query'>): Query {
  return {
    query: async (text: string, values?: unknown[]) => ({ rows: await query(text, values) }) as never,
  };
}
