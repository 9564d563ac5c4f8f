import type { GraphQLSchema } from 'graphql';
import { getVariableValues } from 'graphql';
import { badVariables } from '../errors.js';
import type { Operation } from './operation.js';

const maxErrors = 10;

/** Coerces the variables of a request as the operation declares them, defaults filled in; throws a Refusal. */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: Operation,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { errors, coerced } = getVariableValues(schema, operation.definition.variableDefinitions ?? [], variables, {
    maxErrors,
  });
  if (!errors) return coerced;
  throw badVariables(
    errors.map(({ message, locations }) => ({
      message,
      ...(locations && { locations }),
      extensions: { code: 'BAD_USER_INPUT' },
    })),
  );
}
