/** Why a write did not happen, as `UserErrorCode` of `schema/shared.graphql` has it. */
export const refusalCodes = [
  'REQUIRED',
  'INVALID',
  'TOO_LONG',
  'TOO_MANY',
  'NOT_FOUND',
  'NOT_ALLOWED',
  'CONFLICT',
  'FULL',
  'DUPLICATE',
  'WRONG_STATE',
  'CLOSED',
  'KEY_REUSED',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** One reason that a user can mend, as data (`UserError` of the contract). */
export interface UserError {
  /** Path in the mutation's input; null where it is about no single part of it. */
  readonly field: string[] | null;
  /** Chinese: what is wrong and what to do. */
  readonly message: string;
  readonly code: RefusalCode;
}

/** Thrown within a mutation: nothing of it is written, and the user is told why. */
export class Refusal extends Error {
  override name = 'Refusal';

  constructor(readonly userErrors: readonly UserError[]) {
    super(userErrors.map(({ code }) => code).join(', '));
  }
}

/**
 * A refusal for one reason, to be thrown.
 * @param field path in the mutation's input; null where it is about no single part of it
 * @param message Chinese: what is wrong and what to do
 */
export function refuse(field: string[] | null, code: RefusalCode, message: string): Refusal {
  return new Refusal([{ field, code, message }]);
}
