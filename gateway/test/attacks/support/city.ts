import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import type { JWTPayload } from 'jose';
import { exportJWK, generateKeyPair } from 'jose';
import type { GatewayOptions } from '../../../src/gateway.js';
import { startGateway } from '../../../src/gateway.js';
import { memoryStore } from '../../../src/operation/persisted-queries.js';
import { createLog } from '../../../src/telemetry/log.js';
import { Department } from '../../subscription/support/department.js';
import { Topic } from '../../subscription/support/topic.js';
import { Issuer } from '../../support/issuer.js';
import { writePolicies } from '../../support/policies.js';
import { civilAffairs, health, here, policies, resolvers } from './contracts.js';
import { secretsIn } from './secrets.js';

export interface Body {
  data?: Record<string, any> | null;
  errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
  extensions?: { masked?: string[]; emergency?: unknown };
}

export interface Answer {
  status: number;
  /** Byte for byte. */
  text: string;
  body: Body;
}

export interface Asking {
  readonly as?: Attacker;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Sent in place of a query by POST: parameters of a GET, or another body. */
  readonly get?: boolean;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

const purposes = ['service-handling', 'law-enforcement', 'emergency', 'own-affairs'];
const official = (role: string, claims: JWTPayload = {}): JWTPayload => ({
  sub: role,
  realm_access: { roles: [role] },
  jurisdiction: [here],
  purposes: ['service-handling'],
  ...claims,
});

/** Who attacks: nobody known, officials of the community, a resident, a worker of elsewhere. */
export const attackers = {
  anyone: undefined,
  'grid-worker': official('grid-worker'),
  stranger: official('grid-worker', { sub: 'stranger', jurisdiction: ['440306'] }),
  'social-worker': official('social-worker', { staff_id: 'case-worker' }),
  handler: official('social-worker', { sub: 'handler', staff_id: 'handler' }),
  resident: official('resident', { resident_id: 'r-1', purposes: ['own-affairs'], jurisdiction: undefined }),
  police: official('community-police', { purposes }),
  teacher: official('teacher'),
} satisfies Record<string, JWTPayload | undefined>;
export type Attacker = keyof typeof attackers;

export type City = Awaited<ReturnType<typeof startCity>>;

/**
 * A gateway over two departments that keep nothing back by themselves: whatever is not shown, the gateway held back. All
 * that comes out of it is kept, to be searched for secrets.
 */
export async function startCity(overrides: Partial<Extract<GatewayOptions, { issuer: string }>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'linli-attacks-'));
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'gateway', alg: 'EdDSA' }] };
  const assertionKeyFile = join(folder, 'assertion-key.json');
  await writeFile(assertionKeyFile, JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'gateway', alg: 'EdDSA' }));

  const visits = new Topic<{ at: string; of: string; by: string; place: string }>();
  const Subscription = { visits: { subscribe: () => visits.listen(), resolve: (visit: unknown) => visit } };
  const civil = await Department.start('civil-affairs', civilAffairs, resolvers.civilAffairs, keys);
  const healthy = await Department.start('health', health, { ...resolvers.health, Subscription }, keys);
  const services = [civil, healthy].map(({ name, sdl, url }) => ({ name, url, typeDefs: parse(sdl) }));
  const composed = composeServices(services);
  if (composed.errors) throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composed.supergraphSdl);

  const issuer = await Issuer.start();
  const policyFolder = await writePolicies(folder, policies);
  /** Everything that came out: answers, log lines, documents that were kept. */
  const heard: string[] = [];
  const store = memoryStore();
  const gateway = await startGateway({
    port: 0,
    supergraph,
    policies: policyFolder,
    issuer: issuer.url,
    assertionKeyFile,
    watch: false,
    persistedQueries: {
      get: (hash) => store.get(hash),
      set(hash, text) {
        heard.push(text);
        return store.set(hash, text);
      },
    },
    log: createLog('gateway', (line) => heard.push(line)),
    ...overrides,
  });
  const tokens = new Map<Attacker, string>();
  const tokenOf = async (attacker: Attacker): Promise<string | undefined> => {
    const claims: JWTPayload | undefined = attackers[attacker];
    if (!claims) return undefined;
    let token = tokens.get(attacker);
    if (token === undefined) tokens.set(attacker, (token = await issuer.token({ department: undefined, ...claims })));
    return token;
  };

  const ask = async (query: string | undefined, asking: Asking = {}): Promise<Answer> => {
    const { as = 'anyone', headers, variables, get, parameters } = asking;
    const token = asking.token ?? (await tokenOf(as));
    const sent = { ...(query !== undefined && { query }), ...(variables && { variables }), ...parameters };
    const texts = Object.entries(sent).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const declares = as !== 'anyone' && as !== 'resident';
    const response = await fetch(`${gateway.url}/graphql${get ? `?${new URLSearchParams(texts).toString()}` : ''}`, {
      method: get ? 'GET' : 'POST',
      headers: {
        ...(!get && { 'content-type': 'application/json' }),
        accept: 'application/graphql-response+json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(declares && { 'linli-purpose': 'service-handling' }),
        ...headers,
      },
      ...(!get && { body: JSON.stringify(sent) }),
    });
    const text = await response.text();
    heard.push(text, JSON.stringify([...response.headers]));
    return { status: response.status, text, body: JSON.parse(text) as Body };
  };

  return {
    url: gateway.url,
    /** What another gateway over the same departments needs. */
    settings: { supergraph, policies: policyFolder, issuer: issuer.url, assertionKeyFile },
    civil,
    healthy,
    visits,
    issuer,
    heard,
    tokenOf,
    ask,
    /** Has the gateway take another text of policies. */
    async decideBy(text: string): Promise<void> {
      await writePolicies(folder, text);
      await gateway.reload();
    },
    /** The names of the secrets that were heard, from anywhere, in what was asked so far. */
    async leaked(): Promise<string[]> {
      heard.push(await (await fetch(`${gateway.url}/health`)).text());
      return secretsIn(heard.join('\n'));
    },
    async close() {
      await gateway.close();
      await Promise.all([civil.close(), healthy.close(), issuer.close()]);
      await rm(folder, { recursive: true });
    },
  };
}
