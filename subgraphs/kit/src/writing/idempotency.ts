import { createHash } from 'node:crypto';
import { refuse } from './refusal.js';
import type { Statements } from './statements.js';

/** Days that a key is kept; a client that retries later than that makes a new thing. */
export const keptDays = 30;

/** A value with the members of its objects in order, so that equal inputs have equal texts. */
function canonical(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member != null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, canonical(member)]),
  );
}

function digestOf(input: object): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical({ ...input, idempotencyKey: undefined })))
    .digest('base64url');
}

/**
 * Claims a key for one submission, in the transaction that will make something. Whoever comes with the same key at the
 * same time waits until this transaction ends.
 * @returns what was made under this key before; undefined where this is the first time
 * @throws Refusal KEY_REUSED where the key was used for another input
 */
export async function claimKey(
  { query }: Statements,
  claim: { subject: string; mutation: string; key: string; input: object },
): Promise<string | undefined> {
  const { subject, mutation, key, input } = claim;
  const digest = digestOf(input);
  const claimed = await query(
    `INSERT INTO _linli_idempotency (subject, mutation, key, digest) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING key`,
    [subject, mutation, key, digest],
  );
  if (claimed.length > 0) return undefined;
  const [before] = await query<{ digest: string; made: string }>(
    'SELECT digest, made FROM _linli_idempotency WHERE subject = $1 AND mutation = $2 AND key = $3',
    [subject, mutation, key],
  );
  if (before!.digest !== digest) {
    throw refuse(['idempotencyKey'], 'KEY_REUSED', '该幂等键已用于内容不同的另一次提交，请换一个新的。');
  }
  return before!.made;
}

/** Notes what was made under a claimed key. */
export async function recordMade(
  { query }: Statements,
  { subject, mutation, key }: { subject: string; mutation: string; key: string },
  made: string,
): Promise<void> {
  await query('UPDATE _linli_idempotency SET made = $4 WHERE subject = $1 AND mutation = $2 AND key = $3', [
    subject,
    mutation,
    key,
    made,
  ]);
}
