import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { defaultSmallestCount } from '../aggregates/suppress.js';
import { StartError } from '../errors.js';

const port = z.coerce.number().int().min(0).max(65535);

const jwks = z.string().transform((text, context) => {
  try {
    return createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not a JSON Web Key Set' });
    return z.NEVER;
  }
});

/** What a subgraph reads from its environment. */
const environment = z.object({
  /** Address to listen on. Default 127.0.0.1. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Port to listen on; 0 takes a free one. Default 0. */
  PORT: port.default(0),
  /** postgresql:// URL of the department's own database. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Public keys of the gateway's assertions, as JSON text of a JWK set. */
  LINLI_ASSERTION_JWKS: jwks,
  /** Synthetic residents to seed; unset keeps what the database holds, 20,000 at first. */
  LINLI_RESIDENTS: z.coerce.number().int().min(5).max(20_000_000).optional(),
  /** Number the synthetic people are drawn from; unset likewise. */
  LINLI_SEED: z.coerce.number().int().min(0).max(0xffffffff).optional(),
  /** redis:// or rediss:// URL by which departments exchange events; unset for a hub on one machine. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** How departments exchange events where there is no Redis: through the launcher that started them, or within a process. */
  LINLI_EVENTS: z.enum(['launcher', 'process']).default('process'),
  /** The smallest count of people that is published, beside 0; the same for all departments. Default 5. */
  LINLI_SMALLEST_COUNT: z.coerce.number().int().min(2).max(1000).default(defaultSmallestCount),
});

export type Settings = z.infer<typeof environment>;

/** Reads and checks the environment. @throws StartError naming the variable and what it should hold */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const result = environment.safeParse(env);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new StartError(`The setting ${issue!.path.join('.')} is wrong: ${issue!.message}.`);
}
