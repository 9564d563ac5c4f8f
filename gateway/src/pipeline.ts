import { OperationTypeNode } from 'graphql';
import type { Authenticate } from './authentication/authenticate.js';
import { methodNotAllowed, policiesChanged, streamNeeded } from './errors.js';
import type { Graph } from './graph.js';
import type { GraphQLService } from './http/service.js';
import type { FindDocument } from './operation/documents.js';
import type { GraphQLRequest } from './operation/request.js';
import { coerceVariables } from './operation/variables.js';
import type { Actor } from './policy/actor.js';
import { actorOf } from './policy/actor.js';
import type { Authority } from './policy/authority.js';
import type { CurrentGraph } from './supergraph/swap.js';

export interface Rooms {
  authenticate: Authenticate;
  findDocument: FindDocument;
  /** Whether what a request declares counts: not where nothing is decided. */
  declares: boolean;
  /** Operation, policy and execution change with the supergraph: each request keeps the ones it began with. */
  current: CurrentGraph<Graph>;
}

const nothing = () => undefined;

/** One request, top to bottom: the rooms behind `/graphql` in their order. */
export function pipeline({ authenticate, findDocument, declares, current }: Rooms): GraphQLService {
  return {
    async authenticate(authorization, header) {
      return actorOf(await authenticate(authorization), declares ? header : nothing);
    },
    resolve(parameters) {
      const { operationName, variables } = parameters;
      const found = findDocument(parameters);
      const request = (document: string): GraphQLRequest => ({ document, operationName, variables });
      return typeof found === 'string' ? request(found) : found.then(request);
    },
    async answer(request, actor, options, signal) {
      const lease = current.acquire();
      try {
        const found = lease.graph.policy.authorityOf(actor);
        const authority = found instanceof Promise ? await found : found;
        const { operation, variables } = admit(lease.graph, request, authority, options);
        if (operation.type === OperationTypeNode.SUBSCRIPTION) {
          throw streamNeeded(
            'A subscription is answered with a stream. Send "Accept: text/event-stream", or use a WebSocket.',
          );
        }
        return await lease.graph.engine.execute(operation, variables, authority, signal);
      } finally {
        lease.release();
      }
    },
    async stream(request, actor, options) {
      const { graph } = current;
      const { operation } = admit(graph, request, await graph.policy.authorityOf(actor), options);
      return {
        subscription: operation.type === OperationTypeNode.SUBSCRIPTION,
        start: (signal) => run(request, actor, options, signal),
      };
    },
  };

  /** Holds the graph it starts with until the stream ends, however many supergraphs come by, but no policies that were replaced. */
  async function* run(
    request: GraphQLRequest,
    actor: Actor,
    options: Admission,
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const lease = current.acquire();
    try {
      const { graph } = lease;
      const authority = await graph.policy.authorityOf(actor);
      const { operation, variables } = admit(graph, request, authority, options);
      if (operation.type === OperationTypeNode.SUBSCRIPTION) {
        for await (const event of graph.engine.subscribe(operation, variables, authority, signal)) {
          // What was decided by policies that were replaced is not told any more.
          if (current.graph.policy.version !== graph.policy.version) {
            yield JSON.stringify({ errors: policiesChanged().errors, data: null });
            return;
          }
          yield event;
        }
      } else yield (await graph.engine.execute(operation, variables, authority, signal)).toString();
    } finally {
      lease.release();
    }
  }
}

interface Admission {
  queriesOnly: boolean;
}

/** Everything that is decided before anything is fetched. Throws a Refusal. */
function admit(graph: Graph, request: GraphQLRequest, authority: Authority, { queriesOnly }: Admission) {
  const operation = authority.loadOperation(request.document, request.operationName);
  if (queriesOnly && operation.type === OperationTypeNode.MUTATION) {
    throw methodNotAllowed('A GET must not change anything. Send the mutation by POST.', { allow: 'POST' });
  }
  // Names in the variables are looked for where those in the document were.
  const variables = coerceVariables(authority.guard?.schema ?? graph.schema, operation, request.variables ?? {});
  authority.admit(operation, variables);
  return { operation, variables };
}
