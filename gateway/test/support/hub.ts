import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { GraphQLError, parse } from 'graphql';
import type { JSONWebKeySet } from 'jose';
import { exportJWK, generateKeyPair } from 'jose';
import { schemaFile } from '@linli/schema/files';
import type { DisclosureRecord } from '../../src/audit/record.js';
import type { GatewayOptions, RunningGateway } from '../../src/gateway.js';
import { startGateway } from '../../src/gateway.js';
import { createLog } from '../../src/telemetry/log.js';
import { Issuer } from './issuer.js';
import { writePolicies } from './policies.js';
import { Subgraph } from './subgraph.js';

const communities = [
  { code: '440303001001', name: '大塘龙社区' },
  { code: '440303001002', name: '人民桥社区' },
];

const civilAffairs = `
  type Query @classified(level: L1) {
    communities: [Community!]!
    community(code: ID!): Community
    residents: [Resident!]!
    places: [Place!]!
    mapped: [Mapped!]!
    anything: [Anything!]!
    unclassified: [Unclassified!]!
    broken: String
    refused(code: Int): String
  }
  type Mutation @classified(level: L1) { rename(code: ID!, name: String!): Community }
  type Community @key(fields: "code") @classified(level: L1) {
    code: ID!
    name: String!
    population: Int @classified(level: L2)
  }
  type Resident @key(fields: "id") @classified(level: L3) { id: ID! name: String }
  interface Place @classified(level: L1) { name: String address: String }
  interface Mapped @classified(level: L2) { name: String }
  type Shelter implements Place & Mapped @classified(level: L1) { name: String address: String }
  type Camera implements Place @classified(level: L3) { name: String @classified(level: L1) address: String }
  union Anything = Shelter | Camera
  type Unclassified { text: String }
`;

const health = `
  type Query @classified(level: L1) { clinics: [Clinic!] }
  type Clinic @classified(level: L1) { name: String! }
  type Community @key(fields: "code") { code: ID! clinics: [Clinic!] @classified(level: L1) }
  type Resident @key(fields: "id") { id: ID! record: String @classified(level: L4) }
`;

const resolvers = {
  civilAffairs: {
    Query: {
      communities: () => communities,
      community: (_: unknown, { code }: { code: string }) => communities.find((it) => it.code === code),
      residents: () => [{ id: 'demo-elder', name: '张建国' }],
      places: () => [
        { __typename: 'Shelter', name: '避难场所', address: '桂园路1号' },
        { __typename: 'Camera', name: '摄像头', address: '桂园路2号' },
      ],
      mapped: () => [{ __typename: 'Shelter', name: '避难场所' }],
      anything: () => [{ __typename: 'Shelter', name: '避难场所', address: '桂园路1号' }],
      unclassified: () => [{ text: '?' }],
      broken: () => {
        throw new Error('connect ECONNREFUSED 10.1.2.3:5432');
      },
      refused: () => {
        throw new GraphQLError('No such community.', {
          extensions: { code: 'COMMUNITY_NOT_FOUND', stacktrace: ['at /srv/app.js:1'], hint: 'ask for a known code' },
        });
      },
    },
    Mutation: { rename: (_: unknown, args: { code: string; name: string }) => args },
    Community: { __resolveReference: ({ code }: { code: string }) => communities.find((it) => it.code === code) },
  },
  health: {
    Query: { clinics: () => [{ name: '桂园社康' }] },
    Community: { clinics: ({ code }: { code: string }) => [{ name: `社康 ${code}` }] },
    Resident: { record: ({ id }: { id: string }) => `record of ${id}` },
  },
};

export interface TestHub {
  url: string;
  gateway: RunningGateway;
  /** Path of the composed supergraph. */
  supergraph: string;
  /** Path of the folder of policies. */
  policies: string;
  /** Path of the gateway's private key. */
  assertionKeyFile: string;
  issuer: Issuer;
  civilAffairs: Subgraph;
  health: Subgraph;
  /** What the gateway has logged, one parsed line each. */
  logged: Record<string, unknown>[];
  /** What the gateway has recorded: what each answer disclosed. */
  disclosed: DisclosureRecord[];
  /** Posts a query, with a token where given. */
  query(
    query: string,
    options?: { token?: string; variables?: Record<string, unknown>; operationName?: string },
  ): Promise<{ status: number; headers: Headers; body: GraphQLBody }>;
  close(): Promise<void>;
}

export interface GraphQLBody {
  data?: Record<string, any> | null;
  errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

type Overrides = Partial<Extract<GatewayOptions, { issuer: string }>>;

/** Starts two departments, an issuer and a gateway over them, all real and over HTTP. */
export async function startTestHub(overrides: Overrides = {}): Promise<TestHub> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-gateway-'));
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const keys: JSONWebKeySet = { keys: [{ ...(await exportJWK(publicKey)), kid: 'gateway', alg: 'EdDSA' }] };
  const assertionKeyFile = join(folder, 'assertion-key.json');
  await writeFile(assertionKeyFile, JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'gateway', alg: 'EdDSA' }));

  const directives = await readFile(schemaFile('directives.graphql'), 'utf8');
  const civil = await Subgraph.start('civil-affairs', directives + civilAffairs, resolvers.civilAffairs, keys);
  const healthy = await Subgraph.start('health', directives + health, resolvers.health, keys);
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, compose([civil, healthy]));
  const policies = await writePolicies(folder);
  const issuer = await Issuer.start();
  const logged: Record<string, unknown>[] = [];
  const disclosed: DisclosureRecord[] = [];
  const record = async (each: DisclosureRecord) => void disclosed.push(each);
  const gateway = await startGateway({
    port: 0,
    supergraph,
    policies,
    issuer: issuer.url,
    assertionKeyFile,
    subgraphTimeoutMs: 500,
    log: createLog('gateway', (line) => logged.push(JSON.parse(line) as Record<string, unknown>)),
    disclosures: { record, close: async () => undefined },
    ...overrides,
  });
  return {
    url: gateway.url,
    gateway,
    supergraph,
    policies,
    assertionKeyFile,
    issuer,
    civilAffairs: civil,
    health: healthy,
    logged,
    disclosed,
    async query(query, { token, ...rest } = {}) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, ...rest }),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as GraphQLBody };
    },
    async close() {
      await Promise.all([gateway.close(), civil.close(), healthy.close(), issuer.close()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Composes real subgraphs into a supergraph. */
export function compose(subgraphs: readonly Subgraph[]): string {
  const result = composeServices(subgraphs.map(({ name, sdl, url }) => ({ name, url, typeDefs: parse(sdl) })));
  if (result.errors) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
}
