import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { IdentityError } from './errors.js';

const text = z.string().min(1);

const schema = z.object({
  /** RSA private key in JWK form, with `kid` and `alg`. */
  signing: z.object({
    kty: z.literal('RSA'),
    kid: text,
    alg: z.literal('RS256'),
    use: z.literal('sig'),
    n: text,
    e: text,
    d: text,
    p: text,
    q: text,
    dp: text,
    dq: text,
    qi: text,
  }),
  /** Signs the issuer's cookies. */
  cookies: z.string().min(32),
});

export type IssuerKeys = z.infer<typeof schema>;

/**
 * The issuer's keys, kept in `keys.json` (mode 0600) of a directory, made on first use: tokens and sessions of before a
 * restart stay verifiable after it.
 *
 * @throws IdentityError `IDENTITY_KEYS` when the file is there and cannot be used
 */
export async function loadKeys(directory: string): Promise<IssuerKeys> {
  const file = join(directory, 'keys.json');
  let found: string;
  try {
    found = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(file, 'cannot be read', cause);
    return makeKeys(directory, file);
  }
  try {
    return schema.parse(JSON.parse(found));
  } catch {
    // No cause: a parser's message quotes the text it failed on, and this text is a private key.
    throw unusable(file, 'does not hold an RS256 key and a cookie key');
  }
}

async function makeKeys(directory: string, file: string): Promise<IssuerKeys> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const jwk = await exportJWK(privateKey);
  const keys = schema.parse({
    signing: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' },
    cookies: randomBytes(32).toString('base64url'),
  });
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // Renamed into place, so that a process killed here leaves either no file or a whole one.
    writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (cause) {
    throw unusable(file, 'cannot be written', cause);
  }
  return keys;
}

function unusable(file: string, why: string, cause?: unknown): IdentityError {
  return new IdentityError(
    'IDENTITY_KEYS',
    `The key file ${file} ${why}; mend its permissions, or remove it to have new keys made (everybody signs in anew).`,
    { cause },
  );
}
