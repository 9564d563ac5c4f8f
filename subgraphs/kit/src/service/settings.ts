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

/** What whoever answers the gateway reads from its environment. */
export const servingSettings = z.object({
  /** Address to listen on. Default 127.0.0.1. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Port to listen on; 0 takes a free one. Default 0. */
  PORT: port.default(0),
  /** Public keys of the gateway's assertions, as JSON text of a JWK set. */
  LINLI_ASSERTION_JWKS: jwks,
});

export type ServingSettings = z.infer<typeof servingSettings>;

/** What a department's subgraph reads beside. */
const environment = servingSettings.extend({
  /** postgresql:// URL of the department's own database. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
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

/** Reads and checks a department's environment. @throws StartError naming the variable and what it should hold */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  return readEnvironment(environment, env);
}

/** Reads and checks an environment of any shape. @throws StartError likewise */
export function readEnvironment<Shape extends z.ZodType>(shape: Shape, env: NodeJS.ProcessEnv): z.infer<Shape> {
  const result = shape.safeParse(env);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new StartError(`The setting ${issue!.path.join('.')} is wrong: ${issue!.message}.`);
}
