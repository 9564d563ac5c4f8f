import type { GraphQLSchema } from 'graphql';
import { GraphQLError, parse, visit } from 'graphql';
import { keepRecords } from './audit/keep.js';
import type { Recorder } from './audit/recorder.js';
import { Refusal, StartError } from './errors.js';
import type { Engine } from './execution/engine.js';
import { linliEngine } from './execution/linli-engine.js';
import type { Clients, SubgraphClients } from './execution/subgraph-clients.js';
import type { FetchOptions } from './execution/subgraph-fetch.js';
import type { OperationLimits } from './operation/limits.js';
import type { LoadOperation } from './operation/load.js';
import { operationLoader } from './operation/load.js';
import { standingLookup } from './execution/standing.js';
import type { BulkLimits } from './policy/bulk.js';
import { openPolicies } from './policy/cedar/policies.js';
import type { Emergencies } from './policy/emergency.js';
import { noPolicy } from './policy/no-policy.js';
import type { Policy } from './policy/policy.js';
import { openPolicy } from './policy/policy.js';
import type { GraphTexts } from './graph-texts.js';
import type { Supergraph } from './supergraph/load.js';
import { openSupergraph } from './supergraph/load.js';

/** Everything that belongs to one supergraph and changes with it. */
export interface Graph {
  readonly supergraph: Supergraph;
  /** What operations are valid against. */
  readonly schema: GraphQLSchema;
  readonly loadOperation: LoadOperation;
  readonly policy: Policy;
  readonly engine: Engine;
  readonly clients: Clients;
  /** Closes the connections that no other graph uses. */
  close(): Promise<void>;
}

export interface GraphOptions {
  /** Named in errors. */
  file: string;
  /** URL by subgraph name, in place of the supergraph's. */
  subgraphUrls: Readonly<Record<string, string>>;
  limits: OperationLimits;
  /** Break-glass access in force; it outlives a graph. */
  emergencies: Emergencies;
  bulkLimits: BulkLimits;
  /** Labels of progressive overrides that are on. */
  overrideLabels: readonly string[];
  clients: SubgraphClients;
  fetching: Omit<FetchOptions, 'clients'>;
  /** Where it is recorded what answers disclose; undefined where it is not. */
  recorder: Recorder | undefined;
}

/** Documents kept for each set of roles: front-end teams' operations are fewer. */
const cachedByRoles = 200;

/** Makes what serves a supergraph's text. Throws a StartError, one line, where it is no supergraph that can be served. */
export function openGraph({ supergraph: text, policies }: GraphTexts, options: GraphOptions): Graph {
  const { file, subgraphUrls, limits, overrideLabels, clients, fetching, emergencies, bulkLimits, recorder } = options;
  const { log } = fetching;
  const supergraph = openSupergraph(text, file, subgraphUrls);
  const { apiSchema, classification, subgraphs } = supergraph;
  if (policies && classification.size === 0) {
    log('warn', 'the supergraph classifies no field: everything is treated as the most sensitive');
  }
  const loadOperation = operationLoader(apiSchema, limits);
  const own = clients.acquire(subgraphs);
  const fetchOptions = { ...fetching, clients: own };
  const standing = classification.of('Query', 'standing').departments[0];
  try {
    const decided = policies && openPolicies(classification, policies);
    const keep = decided && recorder && keepRecords(recorder, decided.version);
    return {
      supergraph,
      schema: apiSchema,
      loadOperation,
      policy: decided
        ? openPolicy(supergraph, {
            policies: decided,
            standingOf: standingLookup(standing, fetchOptions),
            emergencies,
            bulkLimits,
            loaderOf: (schema) => operationLoader(schema, limits, cachedByRoles),
          })
        : noPolicy(loadOperation),
      engine: linliEngine(supergraph, fetchOptions, overrideLabels, keep),
      clients: own,
      close: () => clients.release(own),
    };
  } catch (error) {
    void clients.release(own);
    throw error;
  }
}

/** A document that front-end teams rely on. */
export interface ReliedDocument {
  /** Named in errors: a file or a hash. */
  name: string;
  text: string;
}

/** Plans and compiles every operation in advance. Rejects with a StartError, one line, at the first that cannot be. */
export async function prepareOperations(graph: Graph, documents: readonly ReliedDocument[]): Promise<void> {
  for (const { name, text } of documents) {
    // Planning takes milliseconds; requests in flight pass between two documents.
    await new Promise(setImmediate);
    try {
      for (const operationName of operationNames(text)) graph.engine.prepare(graph.loadOperation(text, operationName));
    } catch (error) {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      const verb = error instanceof Refusal || error instanceof GraphQLError ? 'is not valid' : 'cannot be planned';
      throw new StartError(`The supergraph breaks the operation ${name}, which ${verb} over it: ${reason}`);
    }
  }
}

function operationNames(text: string): readonly (string | null)[] {
  const names: (string | null)[] = [];
  visit(parse(text, { noLocation: true }), {
    OperationDefinition: ({ name }) => {
      names.push(name?.value ?? null);
      return false;
    },
  });
  return names;
}
