import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { GraphQLError, parse } from 'graphql';
import { exportJWK, generateKeyPair } from 'jose';
import { schemaFile } from '@linli/schema/files';
import type { GatewayOptions, RunningGateway } from '../../../src/gateway.js';
import { startGateway } from '../../../src/gateway.js';
import { createLog } from '../../../src/telemetry/log.js';
import { Issuer } from '../../support/issuer.js';
import { writePolicies } from '../../support/policies.js';
import { Department } from './department.js';
import { Topic } from './topic.js';

export interface Incident {
  id: string;
  text: string | null;
  place: { code: string };
}

const civilAffairs = `
  type Query @classified(level: L1) { today: String }
  type Mutation @classified(level: L1) { report(text: String!): String }
  type Subscription @classified(level: L1) {
    incidents(place: ID): Incident!
    broken: Incident!
    visits: Visit!
  }
  type Incident @key(fields: "id") @classified(level: L1) { id: ID! text: String! place: Place! }
  type Place @key(fields: "code") @classified(level: L1) { code: ID! }
  type Visit @classified(level: L3) { resident: String! }
`;

const health = `
  type Query @classified(level: L1) { clinics: Int }
  type Place @key(fields: "code") @classified(level: L1) { code: ID! clinics(open: Boolean): [String!] }
`;

/** A gateway over two departments, of which one sends events; all real and over sockets. */
export interface City {
  url: string;
  gateway: RunningGateway;
  /** Path of the composed supergraph. */
  supergraph: string;
  issuer: Issuer;
  civilAffairs: Department;
  health: Department;
  incidents: Topic<Incident>;
  visits: Topic<{ resident: string }>;
  logged: Record<string, unknown>[];
  incident(id: string, place?: string): Incident;
  close(): Promise<void>;
}

type Overrides = Partial<Extract<GatewayOptions, { issuer: string }>>;

export async function startCity(overrides: Overrides = {}): Promise<City> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-subscription-'));
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'gateway', alg: 'EdDSA' }] };
  const assertionKeyFile = join(folder, 'assertion-key.json');
  await writeFile(assertionKeyFile, JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'gateway', alg: 'EdDSA' }));

  const incidents = new Topic<Incident>();
  const visits = new Topic<{ resident: string }>();
  const directives = await readFile(schemaFile('directives.graphql'), 'utf8');
  const civil = await Department.start(
    'civil-affairs',
    directives + civilAffairs,
    {
      Query: { today: () => 'quiet' },
      Mutation: { report: (_: unknown, { text }: { text: string }) => text },
      Subscription: {
        incidents: { subscribe: () => incidents.listen(), resolve: (incident: Incident) => incident },
        broken: {
          subscribe: () => {
            throw new GraphQLError('The street office is closed.', { extensions: { code: 'CLOSED' } });
          },
        },
        visits: { subscribe: () => visits.listen(), resolve: (visit: unknown) => visit },
      },
    },
    keys,
  );
  const healthy = await Department.start(
    'health',
    directives + health,
    { Query: { clinics: () => 1 }, Place: { clinics: ({ code }: { code: string }) => [`社康 ${code}`] } },
    keys,
  );
  const services = [civil, healthy].map(({ name, sdl, url }) => ({ name, url, typeDefs: parse(sdl) }));
  const composed = composeServices(services);
  if (composed.errors) throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composed.supergraphSdl);

  const issuer = await Issuer.start();
  const logged: Record<string, unknown>[] = [];
  const gateway = await startGateway({
    port: 0,
    supergraph,
    policies: await writePolicies(folder),
    issuer: issuer.url,
    assertionKeyFile,
    subgraphTimeoutMs: 1000,
    log: createLog('gateway', (line) => logged.push(JSON.parse(line) as Record<string, unknown>)),
    ...overrides,
  });
  return {
    url: gateway.url,
    gateway,
    supergraph,
    issuer,
    civilAffairs: civil,
    health: healthy,
    incidents,
    visits,
    logged,
    incident: (id, place = '440303001001') => ({ id, text: `incident ${id}`, place: { code: place } }),
    async close() {
      await gateway.close();
      await Promise.all([civil.close(), healthy.close(), issuer.close()]);
      await rm(folder, { recursive: true });
    },
  };
}
