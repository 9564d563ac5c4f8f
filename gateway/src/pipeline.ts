import type { GraphQLSchema } from 'graphql';
import { OperationTypeNode } from 'graphql';
import type { Authenticate } from './authentication/authenticate.js';
import { methodNotAllowed } from './errors.js';
import type { Engine } from './execution/engine.js';
import type { GraphQLService } from './http/graphql.js';
import type { LoadOperation } from './operation/load.js';
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
    async answer(request, subject, { queriesOnly }, signal) {
      const operation = loadOperation(request.query, request.operationName);
      if (queriesOnly && operation.type !== OperationTypeNode.QUERY) {
        throw methodNotAllowed('A GET must not change anything. Send the mutation by POST.', { allow: 'POST' });
      }
      policy.authorize(operation, subject);
      const variables = coerceVariables(schema, operation, request.variables ?? {});
      return engine.execute(operation, variables, subject, signal);
    },
  };
}
