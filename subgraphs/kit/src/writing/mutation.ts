import type { Caller, Subject } from '@linli/schema/subject';
import type { z } from 'zod';
import { zhCN } from 'zod/locales';
import type { Reader } from '../scope/reader.js';
import { claimKey, recordMade } from './idempotency.js';
import { Refusal, refusalCodes, type RefusalCode, type UserError } from './refusal.js';
import type { Facts } from './relation.js';
import type { RowWriter } from './rows.js';
import type { SystemContext } from './system.js';
import { isDuplicate } from './transaction.js';

/** What a mutation works with: one transaction, on behalf of its caller. */
export interface WriteContext<Client> extends SystemContext<Client> {
  readonly caller: Caller;
  readonly subject: Subject;
  /** The models, of scoped ones the rows that the caller may write through this mutation. */
  readonly rows: RowWriter<Client>;
  /** The models, to be read, of scoped ones the rows that the caller may see. */
  readonly visible: Reader<Client>;
  /** Whether the caller may write, through this mutation, what is about these people and this place. */
  readonly isRelated: (facts: Facts) => boolean;
  /** @throws Refusal NOT_ALLOWED at that path of the input, where they may not */
  readonly requireRelation: (field: string[] | null, facts: Facts) => void;
}

/** Opens the transaction of a mutation; part of every request's context. */
export type Write<Client> = <Result>(
  mutation: string,
  work: (tx: WriteContext<Client>) => Promise<Result>,
) => Promise<Result>;

export interface MutationDefinition<Client, Input extends object, Payload extends object> {
  /** The field of `Mutation`. */
  readonly name: string;
  /** What the argument `input` must be; its messages are for users, in Chinese. */
  readonly input: z.ZodType<Input>;
  /** Does it, all or nothing. @returns the payload without `userErrors`. @throws Refusal where a user can mend it */
  readonly run: (input: Input, tx: WriteContext<Client>) => Promise<Payload>;
  /** What users are told where a unique constraint says that the thing is there already. */
  readonly duplicate?: Refusal;
  /** With `idempotencyKey` in the input: what names the thing that was made. */
  readonly made?: (payload: Payload) => string;
  /** With `idempotencyKey` in the input: the payload again, for a thing that was made before. */
  readonly again?: (made: string, tx: WriteContext<Client>) => Promise<Payload>;
}

/** What a mutation's field answers: the payload, or why there is none. */
export type Answer<Payload> = Partial<Payload> & { userErrors: UserError[] };

const { localeError } = zhCN();

function codeOf(issue: z.core.$ZodIssue): RefusalCode {
  const stated: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  if (refusalCodes.includes(stated as RefusalCode)) return stated as RefusalCode;
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'TOO_LONG' : 'TOO_MANY';
  return issue.code === 'invalid_type' && issue.input == null ? 'REQUIRED' : 'INVALID';
}

function userErrorsOf({ issues }: z.ZodError): UserError[] {
  return issues.map((issue) => ({
    field: issue.path.length ? issue.path.map(String) : null,
    message: issue.message,
    code: codeOf(issue),
  }));
}

/**
 * Makes the resolver of a mutation: checks the input, runs the work in one transaction, and answers what a user can mend
 * as `userErrors`. Other errors go the way of all errors.
 */
export function mutation<Client, Input extends object, Payload extends object>(
  definition: MutationDefinition<Client, Input, Payload>,
): (parent: unknown, args: { input: unknown }, context: { write: Write<Client> }) => Promise<Answer<Payload>> {
  const { name, input: shape, duplicate } = definition;
  return async (_parent, args, { write }) => {
    const checked = shape.safeParse(args.input, { error: localeError });
    if (!checked.success) return { userErrors: userErrorsOf(checked.error) } as Answer<Payload>;
    try {
      const payload = await write(name, (tx) => once(definition, checked.data, tx));
      return { ...payload, userErrors: [] };
    } catch (error) {
      const refusal = error instanceof Refusal ? error : isDuplicate(error) ? duplicate : undefined;
      if (!refusal) throw error;
      return { userErrors: [...refusal.userErrors] } as Answer<Payload>;
    }
  };
}

async function once<Client, Input extends object, Payload extends object>(
  definition: MutationDefinition<Client, Input, Payload>,
  input: Input,
  tx: WriteContext<Client>,
): Promise<Payload> {
  const { name: mutation, run, made, again } = definition;
  const { idempotencyKey: key } = input as { idempotencyKey?: string | null };
  if (key == null || !made || !again) return run(input, tx);
  const claim = { subject: tx.subject.id, mutation, key, input };
  const before = await claimKey(tx, claim);
  if (before !== undefined) return again(before, tx);
  const payload = await run(input, tx);
  await recordMade(tx, claim, made(payload));
  return payload;
}
