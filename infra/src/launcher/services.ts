import { join } from 'node:path';
import type { Department } from '@linli/schema/departments';
import { platforms, type Platform } from '@linli/schema/platforms';
import { logFile, repository } from './home.js';
import type { Home } from './home.js';
import type { ServiceSpec } from './service.js';
import type { Population } from './population.js';
import type { Secrets } from './secrets.js';
import type { Settings } from './settings.js';

/** What every program may know of the machine; nothing else of the launcher's environment is handed on. */
const common = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_ENV', 'NODE_EXTRA_CA_CERTS'];

/** The program of each service: absolute path of its compiled entry file, by the service's name. */
export type Programs = (service: string) => string;

/** The programs of this repository. */
export const builtPrograms: Programs = (service) => {
  const workspaces: Record<string, string> = {
    identity: 'infra/dist/identity',
    platforms: 'infra/dist/stand-ins',
    gateway: 'gateway/dist',
  };
  const folder = (platforms as readonly string[]).includes(service) ? 'openapi-bridge' : service;
  return join(repository, workspaces[service] ?? `subgraphs/${folder}/dist`, 'main.js');
};

export function identitySpec(programs: Programs, home: Home, port: number, kioskSecret: string): ServiceSpec {
  return spec(programs, home, 'identity', port, {
    LINLI_IDENTITY_DIR: home.identity,
    LINLI_KIOSK_SECRET: kioskSecret,
  });
}

export function departmentSpec(
  programs: Programs,
  home: Home,
  department: Department,
  port: number,
  databaseUrl: string,
  assertionKeys: string,
  { residents, seed }: Population,
  { smallestCount, redisUrl, departments }: Settings,
  own: Readonly<Record<string, string>> = {},
): ServiceSpec {
  return spec(programs, home, department, port, {
    ...departments[department],
    DATABASE_URL: databaseUrl,
    LINLI_RESIDENTS: String(residents),
    LINLI_SEED: String(seed),
    LINLI_ASSERTION_JWKS: assertionKeys,
    LINLI_EVENTS: 'launcher',
    ...own,
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
    ...(smallestCount !== undefined && { LINLI_SMALLEST_COUNT: String(smallestCount) }),
  });
}

/** Stand-ins of the city's platforms, with which the connectors exchange events. */
export function platformsSpec(
  programs: Programs,
  home: Home,
  port: number,
  connectorsPort: number,
  { platformSecrets }: Secrets,
): ServiceSpec {
  return spec(programs, home, 'platforms', port, {
    LINLI_PLATFORM_SECRETS: JSON.stringify(platformSecrets),
    LINLI_CONNECTORS_URL: localUrl(connectorsPort),
  });
}

/** The bridge to one platform's REST API: that of its stand-in, where the settings name no other. */
export function bridgeSpec(
  programs: Programs,
  home: Home,
  platform: Platform,
  port: number,
  standInsPort: number,
  assertionKeys: string,
  { restUrls }: Settings,
): ServiceSpec {
  return spec(programs, home, platform, port, {
    LINLI_PLATFORM: platform,
    LINLI_REST_URL: restUrls[platform] ?? `${localUrl(standInsPort)}/${platform}`,
    LINLI_ASSERTION_JWKS: assertionKeys,
  });
}

/** What the connectors are told of the stand-ins. */
export function agreementsWith(platformsPort: number, { platformSecrets }: Secrets): string {
  const agreements = Object.entries(platformSecrets).map(([code, secret]) => {
    return [code, { secret, url: `${localUrl(platformsPort)}/${code}/events` }] as const;
  });
  return JSON.stringify(Object.fromEntries(agreements));
}

export function gatewaySpec(
  programs: Programs,
  home: Home,
  settings: Settings,
  issuer: string,
  subgraphPorts: ReadonlyMap<string, number>,
  disclosuresUrl: string,
): ServiceSpec {
  const urls = [...subgraphPorts].map(([name, port]) => [name, `${localUrl(port)}/graphql`]);
  return spec(programs, home, 'gateway', settings.port, {
    LINLI_DISCLOSURES_URL: disclosuresUrl,
    ...settings.gateway,
    LINLI_SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(urls)),
    LINLI_ISSUER: issuer,
    LINLI_ASSERTION_KEY_FILE: home.assertionKey,
  });
}

export function localUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

function spec(
  programs: Programs,
  home: Home,
  name: string,
  port: number,
  own: Readonly<Record<string, string>>,
): ServiceSpec {
  const machine = common.flatMap((key) => (process.env[key] === undefined ? [] : [[key, process.env[key]] as const]));
  return {
    name,
    entry: programs(name),
    env: { ...(Object.fromEntries(machine) as Record<string, string>), HOST: '127.0.0.1', PORT: String(port), ...own },
    log: logFile(home, name),
  };
}
