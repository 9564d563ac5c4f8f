import { parseArgs } from 'node:util';
import { z } from 'zod';
import { roles } from '@linli/schema/roles';
import { StartError } from './errors.js';
import { defaultDrainMs } from './http/timeouts.js';
import { defaultSubscriptionLimits as streams } from './subscription/limits.js';
import { parseWorkers, workersRule } from './workers/count.js';

const json = (what: string) =>
  z.string().transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: `must be ${what}` });
      return z.NEVER;
    }
  });

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const milliseconds = z.coerce.number('must be a number of milliseconds').int().min(1).max(600_000);

const count = (most: number) => z.coerce.number('must be a number').int().min(1).max(most);
const bytes = count(1024 ** 3);

const bulkLimits = 'a JSON object of roles, or default, and numbers of rows';

const onOrOff = z
  .enum(['on', 'off'], 'must be on or off')
  .default('on')
  .transform((value) => value === 'on');

/** The environment variables of the gateway, with their defaults. Documented in docs/gateway.md. */
const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number('must be a port, 0 to 65535').int().min(0).max(65_535).default(4000),
  LINLI_SUPERGRAPH: z.string().min(1).optional(),
  LINLI_SUBGRAPH_URLS: json('a JSON object of department names and URLs')
    .pipe(z.record(z.string(), httpUrl))
    .default({}),
  LINLI_ISSUER: httpUrl.transform((url) => url.replace(/\/+$/, '')),
  LINLI_AUDIENCE: z.string().min(1).default('linli-gateway'),
  LINLI_ASSERTION_KEY_FILE: z.string().min(1, 'must name the file of the private key'),
  LINLI_SUBGRAPH_TIMEOUT_MS: milliseconds.default(5000),
  LINLI_SUBGRAPH_TIMEOUTS_MS: json('a JSON object of department names and milliseconds')
    .pipe(z.record(z.string(), milliseconds))
    .default({}),
  LINLI_REQUEST_TIMEOUT_MS: milliseconds.default(30_000),
  LINLI_SHARE_IN_FLIGHT: onOrOff,
  LINLI_OPERATIONS: z.string().min(1).optional(),
  LINLI_POLICIES: z.string().min(1).optional(),
  LINLI_DISCLOSURES_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }).optional(),
  LINLI_EMERGENCY_MINUTES: z.coerce.number('must be a number of minutes').int().min(1).max(1440).default(240),
  LINLI_BULK_LIMITS: json(bulkLimits)
    .pipe(z.partialRecord(z.enum([...roles, 'default']), count(1_000_000), `must be ${bulkLimits}`))
    .default({}),
  LINLI_PERSISTED_OPERATIONS: z.enum(['off', 'allow', 'only'], 'must be off, allow or only').default('allow'),
  LINLI_PERSISTED_QUERIES: onOrOff,
  LINLI_COMPRESSION: onOrOff,
  LINLI_DRAIN_MS: milliseconds.default(defaultDrainMs),
  LINLI_STREAMS: count(1_000_000).default(streams.connections),
  LINLI_STREAM_OPERATIONS: count(10_000).default(streams.operationsPerConnection),
  LINLI_STREAM_MESSAGE_BYTES: bytes.default(streams.messageBytes),
  LINLI_STREAM_BUFFER_BYTES: bytes.default(streams.bufferedBytes),
  LINLI_STREAM_INIT_MS: milliseconds.default(streams.initialisationMs),
  LINLI_STREAM_HEARTBEAT_MS: milliseconds.default(streams.heartbeatMs),
  LINLI_WORKERS: z.string().transform(parseWorkers).pipe(z.number(workersRule)).default(1),
  LINLI_OVERRIDE_LABELS: z
    .string()
    .transform((text) => text.split(',').map((label) => label.trim()))
    .transform((labels) => labels.filter(Boolean))
    .default([]),
  LINLI_CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.union([z.literal('*'), httpUrl, z.literal('')])))
    .transform((origins) => origins.filter(Boolean))
    .default([]),
});

export type Environment = z.infer<typeof environment>;

/** Reads and validates the environment. Throws a StartError that names every bad variable, never a value. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = environment.safeParse(set);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `${name} ${set[name] === undefined ? 'is not set' : issue.message}`;
  });
  throw new StartError(`Bad setting: ${[...new Set(problems)].join('; ')}. docs/gateway.md lists every setting.`);
}

/** Reads the flags of the command line into the variables they stand for. Throws a StartError for an unknown one. */
export function withFlags(env: NodeJS.ProcessEnv, args: readonly string[]): NodeJS.ProcessEnv {
  try {
    const { values } = parseArgs({ args: [...args], options: { workers: { type: 'string' } } });
    return values.workers === undefined ? env : { ...env, LINLI_WORKERS: values.workers };
  } catch {
    throw new StartError('Bad flag: the only one is --workers N. docs/gateway.md lists every setting.');
  }
}
