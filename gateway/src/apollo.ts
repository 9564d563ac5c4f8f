import type { GraphQLError, GraphQLSchema } from 'graphql';
import { OperationTypeNode } from 'graphql';
import { z } from 'zod';
import type { Subject } from '@linli/schema/subject';
import { anonymous } from '@linli/schema/subject';
import { apolloError } from './apollo-error.js';
import type { ResponseError } from './errors.js';
import { HostError, Refusal, internalError, streamNeeded } from './errors.js';
import { assertionSigner } from './execution/assertion.js';
import type { Graph } from './graph.js';
import { allowInsecure } from './insecure.js';
import { coerceVariables } from './operation/variables.js';
import { actorOf } from './policy/actor.js';
import type { GraphSettings } from './serve-graph.js';
import { serveGraph } from './serve-graph.js';
import type { CurrentGraph, Reload } from './supergraph/swap.js';
import { failureOf } from './telemetry/failure.js';
import type { Log } from './telemetry/log.js';
import { createLog } from './telemetry/log.js';

interface CommonOptions extends GraphSettings {
  log?: Log;
}

interface SecureOptions extends CommonOptions {
  insecure?: false;
  /** Path of the private JWK (Ed25519, with `kid`) that signs assertions to subgraphs. */
  assertionKeyFile: string;
}

interface InsecureOptions extends CommonOptions {
  /** No identity, no policy, no assertion: for developers of subgraphs. Refused when NODE_ENV is `production`. */
  insecure: true;
}

export type LinliGatewayOptions = SecureOptions | InsecureOptions;

/** What the engine reads of Apollo Server's request. */
export interface ApolloRequest {
  readonly source: string;
  readonly operationName: string | null;
  readonly request: { readonly variables?: Readonly<Record<string, unknown>> };
  /**
   * The host application's context; its `subject` is who asks (without one the anonymous subject), its `declaration`
   * the headers that may say what for.
   */
  readonly context: Readonly<Record<string, unknown>>;
}

export interface ApolloResult {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLError[];
}

type SchemaListener = (schema: { apiSchema: GraphQLSchema; coreSupergraphSdl: string }) => void;

/** Apollo's `GatewayInterface` (`@apollo/server-gateway-interface`), with a reload on demand. */
export interface LinliGateway {
  load(): Promise<{ executor: (request: ApolloRequest) => Promise<ApolloResult> }>;
  onSchemaLoadOrUpdate(listener: SchemaListener): () => void;
  /** Reads the supergraph and the operations now, and serves what is new and passes the checks. Never rejects. */
  reload(): Promise<Reload>;
  stop(): Promise<void>;
}

/**
 * Makes Linli's engine a gateway for Apollo Server: `new ApolloServer({ gateway: createLinliGateway({ … }) })`. The
 * server speaks HTTP and makes the context; the engine validates, decides, plans and answers. `load` rejects with a
 * StartError, one clear line, where a setting is wrong.
 */
export function createLinliGateway(options: LinliGatewayOptions): LinliGateway {
  const log = options.log ?? createLog('gateway');
  const listeners = new Set<SchemaListener>();
  let opening: Promise<CurrentGraph<Graph>> | undefined;

  const announce = ({ supergraph }: Graph): void => {
    for (const listener of listeners) {
      listener({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
    }
  };
  const open = async (): Promise<CurrentGraph<Graph>> => {
    if (options.insecure) allowInsecure(log);
    const assert = options.insecure ? undefined : await assertionSigner(options.assertionKeyFile);
    const current = await serveGraph(options, assert, log);
    current.onSwap(announce);
    return current;
  };

  return {
    async load() {
      const current = await (opening ??= open());
      announce(current.graph);
      return { executor: (request) => execute(current, request, log) };
    },
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async reload() {
      if (!opening) throw new Error('The gateway is not loaded yet: start the server that it belongs to, then reload.');
      return (await opening).reload();
    },
    async stop() {
      listeners.clear();
      await (await opening)?.close();
    },
  };
}

const forever = new AbortController().signal;

async function execute(current: CurrentGraph<Graph>, request: ApolloRequest, log: Log): Promise<ApolloResult> {
  const lease = current.acquire();
  try {
    const { schema, policy, engine } = lease.graph;
    const subject = subjectOf(request.context['subject']);
    const declared = declarationOf(request.context['declaration']);
    const authority = await policy.authorityOf(actorOf(subject, declared));
    // Apollo Server has validated the document, but maybe against the schema before this one.
    const operation = authority.loadOperation(request.source, request.operationName);
    if (operation.type === OperationTypeNode.SUBSCRIPTION) {
      throw streamNeeded('This server has no streams for subscriptions. Send a query, and repeat it for news.');
    }
    const variables = coerceVariables(authority.guard?.schema ?? schema, operation, request.request.variables ?? {});
    authority.admit(operation, variables);
    const text = await engine.execute(operation, variables, authority, forever);
    const { errors, ...rest } = JSON.parse(text.toString()) as { data: ApolloResult['data']; errors?: ResponseError[] };
    return errors ? { ...rest, errors: errors.map((error) => apolloError(error, { text: request.source })) } : rest;
  } catch (error) {
    if (error instanceof HostError) log('error', 'a request failed', { detail: error.message });
    else if (!(error instanceof Refusal)) log('error', 'a request failed', failureOf(error));
    const refusal =
      error instanceof Refusal
        ? error
        : internalError('The gateway failed. Try again; if it stays so, tell the operator.');
    return { errors: refusal.errors.map((each) => apolloError(each, { text: request.source, refusal })) };
  } finally {
    lease.release();
  }
}

const strings = z.array(z.string()).readonly();
const subjectShape = z.object({
  id: z.string().min(1),
  roles: strings,
  department: z.string().optional(),
  jurisdiction: strings,
  residentId: z.string().optional(),
  client: z.string().optional(),
  purposes: strings,
  staffId: z.string().optional(),
  scopes: strings,
});

/** Who asks, as the host application says. What is no whole Subject must not pass for a known one: throws a HostError. */
function subjectOf(given: unknown): Subject {
  if (given === undefined || given === null) return anonymous;
  const { success, error } = subjectShape.safeParse(given);
  if (!success) {
    const parts = [...new Set(error.issues.map(({ path }) => path.join('.') || 'itself'))].join(', ');
    const problem = `contextValue.subject is no Subject (wrong: ${parts})`;
    throw new HostError(`${problem}. Set all its fields, or none for anonymous.`);
  }
  return given as Subject;
}

/** What the request declares, as the host application says: its headers, or as much of them as it lets through. */
function declarationOf(given: unknown): (header: string) => string | undefined {
  if (given === undefined || given === null) return () => undefined;
  if (typeof given !== 'object') {
    throw new Error('contextValue.declaration is no declaration. Set the headers of the request, or nothing.');
  }
  return (header) => {
    const value = (given as Record<string, unknown>)[header];
    return typeof value === 'string' ? value : undefined;
  };
}
