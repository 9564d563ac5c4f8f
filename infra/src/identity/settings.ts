import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { IdentityError } from './errors.js';
import { realmFile } from './realm.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

const schema = z.object({
  /** Address to listen on. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Port to listen on; 0 takes any free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4180),
  /** A Keycloak realm export. */
  LINLI_REALM_FILE: z.string().min(1).default(realmFile),
  /** Directory of the issuer's keys; by default `identity/` in LINLI_HOME, which is `.linli/` in the repository. */
  LINLI_IDENTITY_DIR: z.string().min(1).optional(),
  LINLI_HOME: z.string().min(1).optional(),
  /** The issuer's URL as clients see it; it ends with `/realms/` and the realm's name. */
  LINLI_ISSUER_URL: z
    .url({ protocol: /^https?$/ })
    .regex(/\/realms\/[\w-]+$/, 'must end with /realms/ and the name of the realm')
    .optional(),
});

export interface IssuerSettings {
  host: string;
  port: number;
  realmFile: string;
  directory: string;
  url: string | undefined;
}

/**
 * The issuer's settings out of environment variables; the names and defaults stand in this file's schema.
 *
 * @throws IdentityError `IDENTITY_SETTING` naming the first bad variable
 */
export function readSettings(environment: NodeJS.ProcessEnv): IssuerSettings {
  const result = schema.safeParse(environment);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new IdentityError(
      'IDENTITY_SETTING',
      `${issue?.path.join('.') ?? 'A setting'} is not usable: ${issue?.message ?? ''}.`,
    );
  }
  const settings = result.data;
  const home = resolve(settings.LINLI_HOME ?? join(repository, '.linli'));
  return {
    host: settings.HOST,
    port: settings.PORT,
    realmFile: settings.LINLI_REALM_FILE,
    directory: settings.LINLI_IDENTITY_DIR ?? join(home, 'identity'),
    url: settings.LINLI_ISSUER_URL,
  };
}
