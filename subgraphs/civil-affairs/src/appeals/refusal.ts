/** Codes of `UserError` that a course refuses with. */
export type AppealRefusalCode = 'WRONG_STATE' | 'NOT_ALLOWED' | 'INVALID' | 'DUPLICATE';

/** Why an action on an appeal is not taken; the message is for whoever asked. */
export class AppealRefusal extends Error {
  constructor(
    readonly code: AppealRefusalCode,
    message: string,
    /** The field of the input that is to be mended. */
    readonly field: string | null = null,
  ) {
    super(message);
  }
}
