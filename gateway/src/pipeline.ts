import type { GraphQLSchema } from 'graphql';
import { OperationTypeNode } from 'graphql';
import type { Subject } from '@linli/schema/subject';
import type { Authenticate } from './authentication/authenticate.js';
import { methodNotAllowed, streamNeeded } from './errors.js';
import type { Engine } from './execution/engine.js';
import type { GraphQLService } from './http/graphql.js';
import type { LoadOperation } from './operation/load.js';
import type { GraphQLRequest } from './operation/request.js';
import { coerceVariables } from './operation/variables.js';
import type { Policy } from './policy/policy.js';

export interface Rooms {
  authenticate: Authenticate;
  loadOperation: LoadOperation;
  policy: Policy;
  engine: Engine;
  /** What operations are valid against. */
  schema: GraphQLSchema;
}

/** One request, top to bottom: the rooms behind `/graphql` in their order. */
export function pipeline({ authenticate, loadOperation, policy, engine, schema }: Rooms): GraphQLService {
  return {
    authenticate,
    async answer(request, subject, options, signal) {
      const { operation, variables } = admit(request, subject, options);
      if (operation.type === OperationTypeNode.SUBSCRIPTION) {
        throw streamNeeded(
          'A subscription is answered with a stream. Send "Accept: text/event-stream", or use a WebSocket.',
        );
      }
      return engine.execute(operation, variables, subject, signal);
    },
    stream(request, subject, options) {
      const { operation, variables } = admit(request, subject, options);
      const subscription = operation.type === OperationTypeNode.SUBSCRIPTION;
      return {
        subscription,
        start: (signal) =>
          subscription
            ? engine.subscribe(operation, variables, subject, signal)
            : once(engine.execute(operation, variables, subject, signal)),
      };
    },
  };

  function admit(request: GraphQLRequest, subject: Subject, { queriesOnly }: { queriesOnly: boolean }) {
    const operation = loadOperation(request.query, request.operationName);
    if (queriesOnly && operation.type === OperationTypeNode.MUTATION) {
      throw methodNotAllowed('A GET must not change anything. Send the mutation by POST.', { allow: 'POST' });
    }
    policy.authorize(operation, subject);
    return { operation, variables: coerceVariables(schema, operation, request.variables ?? {}) };
  }
}

async function* once(answer: Promise<string>): AsyncGenerator<string> {
  yield await answer;
}
