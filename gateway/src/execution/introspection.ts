import { Kind, executeSync } from 'graphql';
import { LRUCache } from '../lru.js';
import type { Variables } from '../planning/conditions.js';
import type { PlannedOperation } from '../planning/planned-operation.js';
import type { Data } from './merge.js';

/** Answers kept for one supergraph. A whole introspection of the hub's graph is some 300 KB as text. */
const cachedAnswers = 50;
/** Longest text of variables that an answer is kept for. */
const cachedVariables = 1000;

/** What the schema says of itself for one operation, under the names that the projection reads; graphql-js answers. */
export function introspect(
  { operation, introspection: selections, schema }: PlannedOperation,
  variables: Variables,
): Data {
  const { definition, document } = operation;
  const part = { ...definition, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
  const definitions = [part, ...document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)];
  const { data } = executeSync({
    schema,
    document: { kind: Kind.DOCUMENT, definitions },
    variableValues: variables,
  });
  return Object.fromEntries(
    selections.map(({ alias, name }) => {
      const key = (alias ?? name).value;
      return [`${name.value}:${key}`, data?.[key]];
    }),
  );
}

/** Keeps answers that the schema alone gives: they are the same for all who may know the same of it. */
export class IntrospectionCache {
  readonly #answers = new LRUCache<string, Promise<Buffer>>(cachedAnswers);
  readonly #numbers = new WeakMap<PlannedOperation, number>();
  #last = 0;

  /** The answer to an operation, from `run` where it is not known or a department has a part in it. */
  answer(planned: PlannedOperation, variables: Variables, run: () => Promise<Buffer>): Promise<Buffer> {
    if (planned.plans.length) return run();
    const values = JSON.stringify(variables);
    if (values.length > cachedVariables) return run();
    const key = `${this.#numberOf(planned)} ${values}`;
    let answer = this.#answers.get(key);
    if (!answer) this.#answers.set(key, (answer = run()));
    return answer;
  }

  #numberOf(planned: PlannedOperation): number {
    let number = this.#numbers.get(planned);
    if (number === undefined) this.#numbers.set(planned, (number = this.#last += 1));
    return number;
  }
}
