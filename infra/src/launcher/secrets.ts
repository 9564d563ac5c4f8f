import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { departments } from '@linli/schema/departments';
import type { Department } from '@linli/schema/departments';
import { secretsUnreadable } from '../errors.js';
import type { Home } from './home.js';
import { readJson, writeJson } from './json-file.js';
import { platformCodes } from './platforms.js';

const secret = z.string().min(16);

const secretsFile = z.object({
  /** Superuser of the embedded PostgreSQL. */
  databasePassword: secret,
  /** Each department's own role in it; of one that came later than the home, at its next start. */
  departmentPasswords: z.partialRecord(z.enum(departments), secret),
  /** The role by which the gateway adds to the disclosure record; of a home that is older, at its next start. */
  recorderPassword: secret.optional(),
  /** What events from and to the stand-ins of the city's platforms are signed with, by the platform's code. */
  platformSecrets: z.record(z.string(), secret).default({}),
  /** Client secret of linli-kiosk. */
  kioskSecret: secret,
});

/** All secrets of a home. */
export interface Secrets extends z.infer<typeof secretsFile> {
  readonly departmentPasswords: Record<Department, string>;
  readonly recorderPassword: string;
}

const privateKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string(),
});

/**
 * Reads the secrets of a home, made at its first start and kept in a file for its owner alone.
 *
 * @throws HubError `SECRETS_UNREADABLE`: making new ones would lock everybody out of the data that is there
 */
export function loadSecrets(home: Home): Secrets {
  const there: z.infer<typeof secretsFile> = existsSync(home.secrets)
    ? read(home.secrets, secretsFile)
    : { databasePassword: makeSecret(), departmentPasswords: {}, kioskSecret: makeSecret(), platformSecrets: {} };
  const passwords = departments.map((name) => [name, there.departmentPasswords[name] ?? makeSecret()] as const);
  const signing = platformCodes.map((code) => [code, there.platformSecrets[code] ?? makeSigningSecret()] as const);
  const secrets: Secrets = {
    ...there,
    departmentPasswords: Object.fromEntries(passwords) as Record<Department, string>,
    recorderPassword: there.recorderPassword ?? makeSecret(),
    platformSecrets: Object.fromEntries(signing),
  };
  if (!isDeepStrictEqual(secrets, there)) writeJson(home.secrets, secrets);
  return secrets;
}

/**
 * The public half of the gateway's assertion key as a JWK set, in JSON. The private half is made at the first start
 * and stays in its file, which only the gateway is told.
 */
export async function loadAssertionKeys(home: Home): Promise<string> {
  if (!existsSync(home.assertionKey)) {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const jwk = await exportJWK(pair.privateKey);
    writeJson(home.assertionKey, { ...jwk, alg: 'EdDSA', use: 'sig', kid: await calculateJwkThumbprint(jwk) });
  }
  const { kty, crv, x, kid } = read(home.assertionKey, privateKey);
  return JSON.stringify({ keys: [{ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }] });
}

function read<T>(path: string, shape: z.ZodType<T>): T {
  chmodSync(path, 0o600);
  const result = shape.safeParse(readJson(path));
  if (result.success) return result.data;
  const where = result.error.issues[0]?.path.join('.');
  throw secretsUnreadable(path, where ? `${where} is missing or not as it should be` : 'it holds no JSON');
}

function makeSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** A secret of Standard Webhooks. */
function makeSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
