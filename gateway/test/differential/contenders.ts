import { parse, print, type GraphQLSchema } from 'graphql';
import { ApolloGateway } from '@apollo/gateway';
import { executor } from '../../src/execution/execute.js';
import { readSubtypes } from '../../src/execution/subtypes.js';
import { defaultLimits } from '../../src/operation/limits.js';
import { operationLoader } from '../../src/operation/load.js';
import { coerceVariables } from '../../src/operation/variables.js';
import { operationPlanner, type PlannedOperation } from '../../src/planning/planned-operation.js';
import { nativePlanner } from '../../src/planning/planner.js';
import { apiSchema } from '../../src/supergraph/api-schema.js';
import { judgement, judgeSchema, type State } from './judge.js';
import { answerFetch } from './subgraphs.js';
import type { World } from './world.js';

export interface Answer {
  data: unknown;
  errors: readonly { message: string; path?: readonly (string | number)[] | undefined }[];
  /** True where the operation could not be planned, so that no subgraph was asked. */
  refused?: boolean;
}

export type Contender = (query: string, variables: Record<string, unknown>) => Promise<Answer>;

/**
 * The judge: one graphql-js schema over the same data.
 *
 * @param api what clients see of the world's graph, by somebody else's reading of the supergraph than Linli's
 */
export function judge(world: World, api: GraphQLSchema): Contender {
  const schema = judgeSchema(api);
  return async (query, variables) => {
    const { data, errors } = await judgement(world, schema, query, variables);
    return { data: data ?? null, errors: errors ?? [] };
  };
}

/** Linli's rooms from operation to execution, with the subgraphs in this process, and the schema that clients see. */
export function linli(world: World): Contender & { schema: GraphQLSchema } {
  const { sdl, universe } = world;
  const document = parse(sdl);
  const schema = apiSchema(document);
  const plan = operationPlanner(nativePlanner(sdl), schema);
  const run = executor(schema, readSubtypes(document));
  const load = operationLoader(schema, { ...defaultLimits, depth: 100, aliases: 1000, directives: 1000 });
  const override = { labels: new Set(universe.labels), percentage: 100 };
  const contender: Contender = async (query, variables) => {
    const operation = load(query, null);
    const coerced = coerceVariables(schema, operation, variables);
    const state: State = { tick: 0 };
    let planned: PlannedOperation;
    try {
      planned = plan(operation, coerced, override);
    } catch (error) {
      return { data: null, errors: [{ message: String(error) }], refused: true };
    }
    const text = await run(planned, coerced, (service, body) => {
      const fetch = JSON.parse(body) as { query: string; variables: object };
      return answerFetch(world, service, fetch.query, fetch.variables, state);
    });
    const answer = JSON.parse(String(text)) as Partial<Answer>;
    return { data: answer.data ?? null, errors: answer.errors ?? [] };
  };
  return Object.assign(contender, { schema });
}

/** Apollo's gateway over the same subgraphs, and the schema that its clients see. */
export async function apollo(
  world: World,
): Promise<Contender & { schema: GraphQLSchema; stop(this: void): Promise<void> }> {
  let state: State = { tick: 0 };
  const silent = () => undefined;
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  const gateway = new ApolloGateway({
    supergraphSdl: world.sdl,
    logger,
    buildService: ({ name }) => ({
      process: async ({ request }) => answerFetch(world, name, request.query!, request.variables ?? {}, state),
    }),
  });
  const { schema, executor: execute } = await gateway.load();
  const contender: Contender = async (query, variables) => {
    state = { tick: 0 };
    const document = parse(query);
    const { data, errors } = await execute({
      request: { query, variables },
      document,
      operation: document.definitions[0],
      operationName: null,
      queryHash: print(document),
      schema,
      logger,
      metrics: {},
      overallCachePolicy: {},
      source: query,
      context: {},
    } as never);
    return { data: JSON.parse(JSON.stringify(data ?? null)), errors: errors ?? [] };
  };
  return Object.assign(contender, { schema, stop: () => gateway.stop() });
}
