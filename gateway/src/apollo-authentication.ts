import type { Subject } from '@linli/schema/subject';
import { apolloError } from './apollo-error.js';
import { issuerAuthentication } from './authentication/issuer-authentication.js';
import { Refusal } from './errors.js';

export interface ApolloAuthenticationOptions {
  /** URL of the OpenID Connect issuer, exactly as in the tokens' `iss`. */
  issuer: string;
  /** What a token's `aud` must contain. Default `linli-gateway`. */
  audience?: string;
}

/**
 * Makes what an Apollo Server's `context` calls for the subject of a request: `subject: await subjectOf(authorization)`.
 * Without an Authorization header it is the anonymous subject; a bad token rejects with a GraphQLError that makes the
 * answer a 401, an issuer that cannot be asked with one that makes it a 503.
 */
export function apolloAuthentication(
  options: ApolloAuthenticationOptions,
): (authorization: string | undefined) => Promise<Subject> {
  const { authenticate } = issuerAuthentication(options.issuer, options.audience);
  return async (authorization) => {
    try {
      return await authenticate(authorization);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw apolloError(error.errors[0]!, { refusal: error });
    }
  };
}
