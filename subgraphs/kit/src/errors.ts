import { GraphQLError } from 'graphql';

/** Codes a subgraph answers with, in `extensions.code`. */
export type KitErrorCode = 'BAD_USER_INPUT' | 'PAGE_TOO_LARGE' | 'BAD_CURSOR';

/** An error the caller can mend: `message` says what is wrong, where, and what to send instead. */
export function inputError(message: string, code: KitErrorCode = 'BAD_USER_INPUT'): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** A setting or a stored state that keeps the service from starting; its message is shown to the operator as it is. */
export class StartError extends Error {
  override name = 'StartError';
}

/** A call that did not come from the gateway, or whose proof is no longer good. */
export class AssertionError extends Error {
  override name = 'AssertionError';
}
