import { execute, parse, print, validate, type GraphQLSchema } from 'graphql';
import { executor } from '../../src/execution/execute.js';
import type { FetchAnswer, SendFetch } from '../../src/execution/run.js';
import { readSubtypes } from '../../src/execution/subtypes.js';
import { defaultLimits } from '../../src/operation/limits.js';
import { operationLoader } from '../../src/operation/load.js';
import { coerceVariables } from '../../src/operation/variables.js';
import { operationPlanner } from '../../src/planning/planned-operation.js';
import { nativePlanner } from '../../src/planning/planner.js';
import { apiSchema } from '../../src/supergraph/api-schema.js';
import type { Generated } from './operations.js';
import { compose, monolithSchema, subgraphSchemas, type Universe } from './universe.js';

export interface Answer {
  data: unknown;
  errors: readonly { message: string; path?: readonly (string | number)[] }[];
}

export type Contender = (operation: Generated) => Promise<Answer>;

/** The judge: one graphql-js schema over the same data. */
export function judge(universe: Universe): Contender {
  const schema = monolithSchema(universe);
  return async ({ query, variables }) => {
    const { data, errors } = await execute({ schema, document: parse(query), variableValues: variables });
    return { data: data ?? null, errors: errors ?? [] };
  };
}

/** Linli's rooms from operation to execution, with the subgraphs in this process. */
export function linli(universe: Universe): Contender & { schema: GraphQLSchema } {
  const sdl = compose(universe);
  const document = parse(sdl);
  const schema = apiSchema(document);
  const plan = operationPlanner(nativePlanner(sdl), schema);
  const run = executor(schema, readSubtypes(document));
  const load = operationLoader(schema, { ...defaultLimits, depth: 100, aliases: 1000, directives: 1000 });
  const send = sendInProcess(subgraphSchemas(universe));
  return Object.assign(
    async ({ query, variables }: Generated): Promise<Answer> => {
      const operation = load(query, null);
      const coerced = coerceVariables(schema, operation, variables);
      const answer = JSON.parse(await run(plan(operation, coerced), coerced, send)) as Partial<Answer>;
      return { data: answer.data ?? null, errors: answer.errors ?? [] };
    },
    { schema },
  );
}

function sendInProcess(schemas: ReadonlyMap<string, GraphQLSchema>): SendFetch {
  return async (service, body) => {
    const schema = schemas.get(service)!;
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    const document = parse(query);
    const problems = validate(schema, document);
    if (problems.length) throw new Error(`${service} refuses ${print(document)}: ${problems[0]!.message}`);
    const answer = await execute({ schema, document, variableValues: variables });
    return JSON.parse(JSON.stringify(answer)) as FetchAnswer;
  };
}
