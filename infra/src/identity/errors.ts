/**
 * Everything that can go wrong around identity, with codes that stay the same over releases. A message says what is
 * wrong, where, and what to do; it never holds a password, a secret or a token.
 */
export type IdentityErrorCode =
  /** A setting (environment variable) is missing or malformed. */
  | 'IDENTITY_SETTING'
  /** The embedded issuer was asked to run in production. */
  | 'IDENTITY_PRODUCTION'
  /** The address to listen on is taken. */
  | 'IDENTITY_PORT_IN_USE'
  /** The realm file is missing, is not JSON, or does not have the parts the issuer needs. */
  | 'IDENTITY_REALM'
  /** The key file exists and cannot be used. */
  | 'IDENTITY_KEYS'
  /** An issuer does not answer, or answers with something that is not OpenID Connect. */
  | 'IDENTITY_ISSUER_UNREACHABLE'
  /** An issuer answered and refused to give a token. */
  | 'IDENTITY_TOKEN_REFUSED';

export class IdentityError extends Error {
  override readonly name = 'IdentityError';

  constructor(
    readonly code: IdentityErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
