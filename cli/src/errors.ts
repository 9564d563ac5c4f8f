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
  | 'CONTRACT_STALE'
  | 'PLATFORM_UNREADABLE'
  | 'LINT_FAILED'
  | 'POLICIES_MISSING'
  | 'POLICY_SCHEMA_STALE'
  | 'POLICY_TESTS_FAILED'
  | 'BAD_POLICY_CASES'
  | 'BAD_OPERATION'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_VIEWER'
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

export const platformUnreadable = (platform: string, why: string) =>
  new CliError('PLATFORM_UNREADABLE', `The contract of ${platform} cannot be generated: ${why}`);

export const contractStale = (file: string) =>
  new CliError(
    'CONTRACT_STALE',
    `${file} is not what its OpenAPI document and overlay make: run npm run compose and commit it.`,
  );

export const lintFailed = (count: number) =>
  new CliError('LINT_FAILED', `The contracts break the house rules: ${counted(count, 'problem')}, see above.`);

export const policiesMissing = (source: string, options?: ErrorOptions) =>
  new CliError(
    'POLICIES_MISSING',
    `${source} is neither a folder of policies nor REF or REF:FOLDER of this git repository.`,
    options,
  );

export const policySchemaStale = (file: string) =>
  new CliError(
    'POLICY_SCHEMA_STALE',
    `${file} is not what the supergraph says: run linli policy schema and commit it.`,
  );

export const policyTestsFailed = (failed: number, missed: number) =>
  new CliError(
    'POLICY_TESTS_FAILED',
    [
      ...(failed > 0 ? [`${counted(failed, 'case')} of the policies' tests failed`] : []),
      ...(missed > 0 ? [`no case is decided by ${missed} of the policies`] : []),
    ].join(', and ') + ': see above.',
  );

export const badCases = (problems: readonly string[], options?: ErrorOptions) =>
  new CliError('BAD_POLICY_CASES', `The policies' tests cannot be read:\n${problems.join('\n')}`, options);

export const badOperation = (file: string, problems: readonly string[]) =>
  new CliError('BAD_OPERATION', `The operation in ${file} does not fit the graph:\n${problems.join('\n')}`);

export const unknownField = (coordinate: string, near: string | undefined) =>
  new CliError(
    'UNKNOWN_FIELD',
    `The graph has no ${coordinate}${near === undefined ? '' : `; did you mean ${near}?`} Write it as Type.field.`,
  );

export const unknownViewer = (as: string, users: readonly string[], roles: readonly string[]) =>
  new CliError(
    'UNKNOWN_VIEWER',
    `"${as}" is neither a demo user (${users.join(', ')}) nor roles with commas between them (${roles.join(', ')}).`,
  );

export const unknownUser = (name: string, known: readonly string[]) =>
  new CliError('UNKNOWN_USER', `There is no demo user "${name}"; there are ${known.join(', ')}.`);

export const tokenRefused = (user: string, issuer: string, reason: string, options?: ErrorOptions) =>
  new CliError('TOKEN_REFUSED', `${issuer} gave no token for ${user}: ${reason}`, options);
