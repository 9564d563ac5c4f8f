import { counted } from './counted.js';

/**
 * Everything the command line refuses by itself, in one place (what the hub refuses is in infra/src/errors.ts). Each
 * message says what is wrong, where, and what to do.
 */
export type CliErrorCode =
  | 'BAD_OPTION'
  | 'CONTRACT_MISSING'
  | 'COMPOSITION_FAILED'
  | 'SUPERGRAPH_STALE'
  | 'LINT_FAILED'
  | 'UNKNOWN_USER'
  | 'TOKEN_REFUSED';

/** A refusal meant for a person; the program ends with exit code 1. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly code: CliErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const badOption = (problem: string) => new CliError('BAD_OPTION', problem);

export const contractMissing = (file: string) =>
  new CliError('CONTRACT_MISSING', `${file} is missing: every department needs its contract there.`);

export const compositionFailed = (count: number) =>
  new CliError('COMPOSITION_FAILED', `The contracts do not compose: ${counted(count, 'problem')}, see above.`);

export const supergraphStale = (file: string) =>
  new CliError('SUPERGRAPH_STALE', `${file} is not what the contracts compose to: run npm run compose and commit it.`);

export const lintFailed = (count: number) =>
  new CliError('LINT_FAILED', `The contracts break the house rules: ${counted(count, 'problem')}, see above.`);

export const unknownUser = (name: string, known: readonly string[]) =>
  new CliError('UNKNOWN_USER', `There is no demo user "${name}"; there are ${known.join(', ')}.`);

export const tokenRefused = (user: string, issuer: string, reason: string, options?: ErrorOptions) =>
  new CliError('TOKEN_REFUSED', `${issuer} gave no token for ${user}: ${reason}`, options);
