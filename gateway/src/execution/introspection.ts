import type { GraphQLSchema } from 'graphql';
import { Kind, executeSync } from 'graphql';
import { LRUCache } from '../lru.js';
import type { Variables } from '../planning/conditions.js';
import type { PlannedOperation } from '../planning/planned-operation.js';
import type { Data } from './merge.js';

/** Answers kept for one schema. A whole introspection of the hub's graph is some 300 KB as text. */
const cachedAnswers = 50;
/** Longest text of variables that an answer is kept for. */
const cachedVariables = 1000;

/** What the schema says of itself for one operation, under the names that the projection reads; graphql-js answers. */
export function introspect(
  { operation, introspection: selections }: PlannedOperation,
  schema: GraphQLSchema,
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

/** Keeps answers that the schema alone gives: they are the same as long as the schema is, whoever asks. */
export class IntrospectionCache {
  readonly #answers = new LRUCache<string, Promise<Buffer>>(cachedAnswers);

  /** The answer to an operation, from `run` where it is not known or a department has a part in it. */
  answer(planned: PlannedOperation, variables: Variables, run: () => Promise<Buffer>): Promise<Buffer> {
    if (planned.plans.length) return run();
    const values = JSON.stringify(variables);
    if (values.length > cachedVariables) return run();
    const { hash, name = '' } = planned.operation;
    const key = `${hash} ${name} ${values}`;
    let answer = this.#answers.get(key);
    if (!answer) this.#answers.set(key, (answer = run()));
    return answer;
  }
}
