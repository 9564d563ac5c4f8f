import { OperationTypeNode } from 'graphql';
import type { Subject } from '@linli/schema/subject';
import type { Authenticate } from './authentication/authenticate.js';
import { methodNotAllowed, streamNeeded } from './errors.js';
import type { Graph } from './graph.js';
import type { GraphQLService } from './http/service.js';
import type { FindDocument } from './operation/documents.js';
import type { GraphQLRequest } from './operation/request.js';
import { coerceVariables } from './operation/variables.js';
import type { CurrentGraph } from './supergraph/swap.js';

export interface Rooms {
  authenticate: Authenticate;
  findDocument: FindDocument;
  /** Operation, policy and execution change with the supergraph: each request keeps the ones it began with. */
  current: CurrentGraph<Graph>;
}

/** One request, top to bottom: the rooms behind `/graphql` in their order. */
export function pipeline({ authenticate, findDocument, current }: Rooms): GraphQLService {
  return {
    authenticate,
    resolve(parameters) {
      const { operationName, variables } = parameters;
      const found = findDocument(parameters);
      const request = (document: string): GraphQLRequest => ({ document, operationName, variables });
      return typeof found === 'string' ? request(found) : found.then(request);
    },
    async answer(request, subject, options, signal) {
      const lease = current.acquire();
      try {
        const { operation, variables } = admit(lease.graph, request, subject, options);
        if (operation.type === OperationTypeNode.SUBSCRIPTION) {
          throw streamNeeded(
            'A subscription is answered with a stream. Send "Accept: text/event-stream", or use a WebSocket.',
          );
        }
        return await lease.graph.engine.execute(operation, variables, subject, signal);
      } finally {
        lease.release();
      }
    },
    stream(request, subject, options) {
      const { operation } = admit(current.graph, request, subject, options);
      return {
        subscription: operation.type === OperationTypeNode.SUBSCRIPTION,
        start: (signal) => run(request, subject, options, signal),
      };
    },
  };

  /** Holds the graph it starts with until the stream ends, however many supergraphs come by. */
  async function* run(request: GraphQLRequest, subject: Subject, options: Admission, signal: AbortSignal) {
    const lease = current.acquire();
    try {
      const { graph } = lease;
      const { operation, variables } = admit(graph, request, subject, options);
      if (operation.type === OperationTypeNode.SUBSCRIPTION) {
        yield* graph.engine.subscribe(operation, variables, subject, signal);
      } else yield (await graph.engine.execute(operation, variables, subject, signal)).toString();
    } finally {
      lease.release();
    }
  }
}

interface Admission {
  queriesOnly: boolean;
}

/** Everything that is decided before anything is fetched. Throws a Refusal. */
function admit(graph: Graph, request: GraphQLRequest, subject: Subject, { queriesOnly }: Admission) {
  const operation = graph.loadOperation(request.document, request.operationName);
  if (queriesOnly && operation.type === OperationTypeNode.MUTATION) {
    throw methodNotAllowed('A GET must not change anything. Send the mutation by POST.', { allow: 'POST' });
  }
  graph.policy.authorize(operation, subject);
  return { operation, variables: coerceVariables(graph.schema, operation, request.variables ?? {}) };
}
