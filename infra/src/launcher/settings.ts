import { join, resolve } from 'node:path';
import { z } from 'zod';
import { platforms, type Platform } from '@linli/schema/platforms';
import { badSetting } from '../errors.js';
import { declaredSettings, readDepartmentSettings, type DepartmentSettings } from './department-settings.js';
import { repository } from './home.js';

/** A whole number written in digits, within limits. */
function wholeNumber(what: string, least: number, most: number) {
  return z
    .string()
    .refine((text) => /^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `must be ${what}, a whole number from ${least} to ${most}`,
    })
    .transform(Number);
}

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

/** JSON of URLs by the names of platforms. */
const restUrls = z.string().transform((text, context): Partial<Record<Platform, string>> => {
  try {
    return z.partialRecord(z.enum(platforms), httpUrl).parse(JSON.parse(text));
  } catch {
    const example = `{"${platforms[0]}": "https://…"}`;
    context.addIssue({ code: 'custom', message: `must be JSON of http or https URLs by platforms, as ${example}` });
    return z.NEVER;
  }
});

/** The environment variables of a local hub, with their defaults. Documented in docs/local.md. */
const environment = z.object({
  LINLI_PORT: wholeNumber('a port', 1, 65_535).default(4000),
  LINLI_HOME: z
    .string()
    .default(join(repository, '.linli'))
    .transform((folder) => resolve(folder)),
  LINLI_RESIDENTS: wholeNumber('a number of residents', 5, 20_000_000).optional(),
  LINLI_SEED: wholeNumber('a seed', 0, 2_147_483_647).optional(),
  LINLI_SMALLEST_COUNT: wholeNumber('a number of people', 2, 1000).optional(),
  LINLI_ISSUER: httpUrl.optional(),
  DATABASE_URL: z.string().optional(),
  LINLI_REST_URLS: restUrls.default({}),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// URL' }).optional(),
});

export interface Settings {
  /** Port of the gateway on 127.0.0.1. */
  readonly port: number;
  /** Folder of all local data, absolute. */
  readonly home: string;
  /** Size of the synthetic population; undefined for what the home has, or the default. */
  readonly residents?: number;
  /** What the synthetic population is drawn from; undefined likewise. */
  readonly seed?: number;
  /** The smallest count of people that departments publish, beside 0; undefined for their default. */
  readonly smallestCount?: number;
  /** An issuer somewhere else, instead of the embedded one. */
  readonly issuer?: string;
  /** A PostgreSQL somewhere else, instead of the embedded one. */
  readonly databaseUrl?: string;
  /** A Redis by which departments exchange events, instead of the launcher. */
  readonly redisUrl?: string;
  /** Where platforms' REST APIs are, instead of at their stand-ins. */
  readonly restUrls: Partial<Record<Platform, string>>;
  /** Settings of the gateway that are handed on to it as they are. */
  readonly gateway: Readonly<Record<string, string>>;
  /** Settings that departments declare, handed on to each likewise. */
  readonly departments: DepartmentSettings;
}

const handedToGateway = [
  'LINLI_AUDIENCE',
  'LINLI_SUPERGRAPH',
  'LINLI_SUBGRAPH_TIMEOUT_MS',
  'LINLI_SUBGRAPH_TIMEOUTS_MS',
  'LINLI_REQUEST_TIMEOUT_MS',
  'LINLI_SHARE_IN_FLIGHT',
  'LINLI_CORS_ORIGINS',
  'LINLI_OPERATIONS',
  'LINLI_POLICIES',
  'LINLI_DISCLOSURES_URL',
  'LINLI_EMERGENCY_MINUTES',
  'LINLI_BULK_LIMITS',
  'LINLI_PERSISTED_OPERATIONS',
  'LINLI_PERSISTED_QUERIES',
  'LINLI_OVERRIDE_LABELS',
  'LINLI_COMPRESSION',
  'LINLI_STREAMS',
  'LINLI_STREAM_OPERATIONS',
  'LINLI_STREAM_MESSAGE_BYTES',
  'LINLI_STREAM_BUFFER_BYTES',
  'LINLI_STREAM_INIT_MS',
  'LINLI_STREAM_HEARTBEAT_MS',
  'LINLI_WORKERS',
] as const;

/** What the hub makes for its services, and secrets beside those. */
const madeHere = [
  'LINLI_ASSERTION_JWKS',
  'LINLI_ASSERTION_KEY_FILE',
  'LINLI_CONNECTORS_URL',
  'LINLI_EVENTS',
  'LINLI_IDENTITY_DIR',
  'LINLI_KIOSK_SECRET',
  'LINLI_PLATFORM',
  'LINLI_PLATFORMS',
  'LINLI_PLATFORM_SECRETS',
  'LINLI_REST_URL',
  'LINLI_SUBGRAPH_URLS',
];

/** Settings of the hub: none of a department's may have their name. */
const ofTheHub = [...Object.keys(environment.shape), ...handedToGateway, ...madeHere];

/**
 * Reads the settings of a local hub. An empty variable counts as not set.
 *
 * @throws HubError `BAD_SETTING` that names the variable and what it may be
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = environment.safeParse(set);
  const own = readDepartmentSettings(declaredSettings(), set, ofTheHub);
  if (!result.success || own.problems.length > 0) {
    const problems = (result.error?.issues ?? []).map((issue) => {
      const name = String(issue.path[0]);
      return `${name} ${issue.message} (it is ${JSON.stringify(set[name])})`;
    });
    const all = [...problems, ...own.problems].join('; ');
    throw badSetting(`Bad setting: ${all}. docs/local.md lists every setting.`);
  }
  const { data } = result;
  return {
    port: data.LINLI_PORT,
    home: data.LINLI_HOME,
    residents: data.LINLI_RESIDENTS,
    seed: data.LINLI_SEED,
    smallestCount: data.LINLI_SMALLEST_COUNT,
    issuer: data.LINLI_ISSUER?.replace(/\/+$/, ''),
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    restUrls: data.LINLI_REST_URLS,
    gateway: Object.fromEntries(handedToGateway.flatMap((name) => (set[name] ? [[name, set[name]]] : []))),
    departments: own.settings,
  };
}
