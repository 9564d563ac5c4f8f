import type { GraphQLSchema } from 'graphql';
import { OperationTypeNode } from 'graphql';
import { anonymous } from '@linli/schema/subject';
import { tokenNeeded } from '../errors.js';
import type { Classification } from '../supergraph/classification.js';
import { coordinatesOf } from './coordinates.js';
import type { Policy } from './policy.js';

/**
 * The coarse policy: whoever shows no token reads public (L1) fields and nothing else; whoever shows a good one is let
 * through to everything. Which rows and fields a role may see is not decided yet.
 */
export function coarsePolicy(schema: GraphQLSchema, classification: Classification): Policy {
  return {
    authorize(operation, subject) {
      if (subject.id !== anonymous.id) return;
      // Open data is read, never written: what a change says is not told by the level of its answer.
      if (operation.type === OperationTypeNode.MUTATION) {
        throw tokenNeeded('A mutation needs an access token. Send "Authorization: Bearer <token>".', {});
      }
      for (const { type, field } of coordinatesOf(operation, schema)) {
        const level = classification.levelOf(type, field);
        if (level === 'L1') continue;
        throw tokenNeeded(
          `${type}.${field} is classified ${level} and needs an access token; without one only public (L1) fields are ` +
            'answered. Send "Authorization: Bearer <token>", or leave the field out.',
          { coordinate: `${type}.${field}`, level },
        );
      }
    },
  };
}
