import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphQLError } from 'graphql';
import type { JWTPayload } from 'jose';
import { exportJWK, generateKeyPair } from 'jose';
import { schemaFile } from '@linli/schema/files';
import type { GatewayOptions, RunningGateway } from '../../../src/gateway.js';
import { startGateway } from '../../../src/gateway.js';
import { createLog } from '../../../src/telemetry/log.js';
import { compose } from '../../support/hub.js';
import { Issuer } from '../../support/issuer.js';
import { writePolicies } from '../../support/policies.js';
import { Subgraph } from '../../support/subgraph.js';

const sdl = `
  type Query @classified(level: L1) {
    residents(place: String, livesAlone: Boolean @uses(fields: ["Resident.livesAlone"]), by: Filter): [Resident!] @classified(level: L2)
    resident(id: ID!): Resident @classified(level: L2)
    standing: Standing @inaccessible @classified(level: L4, sharing: NONE)
  }
  type Mutation @classified(level: L2) {
    rename(id: ID!, phone: String @uses(fields: ["Resident.phone"])): Resident
    note(input: NoteInput!): NotePayload @classified(level: L3)
    close(id: ID!): NotePayload @classified(level: L3)
    move(id: ID!): Resident
  }
  input NoteInput {
    id: ID!
    text: String @uses(fields: ["Visit.note"])
    then: [NoteInput!]
    phone: String @uses(fields: ["Resident.phone"])
  }
  type NotePayload @classified(level: L1) { resident: Resident }
  input Filter { all: [Filter!] livesAlone: Boolean @uses(fields: ["Resident.livesAlone"]) }
  type Standing @inaccessible @classified(level: L4, sharing: NONE) { household: [ID!]! wards: [ID!]! }
  type Resident @key(fields: "id") @classified(level: L3)
    @scoped(subject: "id", community: "place { code }", assigned: "handlers", minor: "minor") {
    id: ID! @classified(level: L3, mask: KEEP)
    name: String! @classified(level: L3, mask: NAME)
    phone: String @classified(level: L3, mask: PHONE)
    livesAlone: Boolean @classified(level: L4, mask: WITHHOLD)
    visits: [Visit!]!
    report: Report @classified(level: L4, sealed: true)
    broken: String @classified(level: L4, mask: WITHHOLD)
    place: Place @classified(level: L2)
    handlers: [ID!]! @inaccessible @classified(level: L4, sharing: NONE)
    minor: Boolean @inaccessible @classified(level: L4, sharing: NONE)
  }
  type Place @classified(level: L1) { code: ID! }
  type Visit @classified(level: L3) { note: String @classified(level: L3, mask: TEXT) }
  type Report @classified(level: L4, sealed: true) { text: String @classified(level: L4, mask: WITHHOLD, sealed: true) }
`;

/** What the policies of this hub say: see the test's statements. */
export const policies = `
  @id("common.public") @why("公开") @owner("hub")
  permit (principal, action == Linli::Action::"read", resource in Linli::Level::"L1");
  @id("common.entry") @why("登录者可进入") @owner("hub")
  permit (principal, action == Linli::Action::"read", resource in Linli::Type::"Query")
  unless { principal in Linli::Role::"open-data" };
  @id("common.self") @why("本人") @owner("hub")
  permit (principal in Linli::Role::"resident", action in [Linli::Action::"read", Linli::Action::"write"], resource)
  when { context.relation == Linli::Relation::"self" };
  @id("common.household") @why("同住") @owner("hub")
  permit (principal in Linli::Role::"resident", action == Linli::Action::"readMasked", resource in Linli::Level::"L3")
  when { context.relation == Linli::Relation::"household" };
  @id("common.rename") @why("本人可改") @owner("hub")
  permit (principal in Linli::Role::"resident", action == Linli::Action::"write", resource == Linli::Field::"Mutation.rename");
  @id("common.move") @why("本社区或受指派的可迁移") @owner("hub")
  permit (principal in Linli::Role::"grid-worker", action == Linli::Action::"write", resource == Linli::Field::"Mutation.move")
  when { [Linli::Relation::"community", Linli::Relation::"assigned"].contains(context.relation) };
  @id("common.note") @why("走访记录") @owner("hub")
  permit (principal, action == Linli::Action::"write", resource == Linli::Field::"Mutation.note")
  when { principal in Linli::Role::"grid-worker" || (context has purpose && context.purpose == Linli::Purpose::"social-assistance") };
  @id("common.note-text") @why("走访记录的内容") @owner("hub")
  permit (principal, action == Linli::Action::"write", resource == Linli::Field::"Visit.note")
  when { context.relation == Linli::Relation::"community" || context.relation == Linli::Relation::"assigned" };
  @id("common.note-phone") @why("紧急情况下可改电话") @owner("hub")
  permit (principal in Linli::Role::"grid-worker", action == Linli::Action::"write", resource == Linli::Field::"Resident.phone")
  when { context.emergency && context.relation == Linli::Relation::"community" };
  @id("common.grid") @why("本社区脱敏") @owner("hub")
  permit (principal in Linli::Role::"grid-worker", action == Linli::Action::"readMasked", resource)
  when { context.relation == Linli::Relation::"community" && resource.level != Linli::Level::"L4" };
  @id("common.assigned") @why("受指派") @owner("hub")
  permit (principal in Linli::Role::"social-worker", action == Linli::Action::"read", resource)
  when { context.relation == Linli::Relation::"assigned" && context.legalBasis && context.caseNumber };
  @id("common.break-glass") @why("紧急访问") @owner("hub")
  permit (principal in Linli::Role::"grid-worker", action == Linli::Action::"read", resource)
  when { context.emergency && context.relation == Linli::Relation::"community" && !resource.sealed };
  @id("common.no-minors") @why("未成年人") @owner("hub")
  forbid (principal in Linli::Role::"property-manager", action, resource) when { context.minor };
  @id("common.property") @why("物业脱敏") @owner("hub")
  permit (principal in Linli::Role::"property-manager", action == Linli::Action::"readMasked", resource in Linli::Level::"L3")
  when { context.relation == Linli::Relation::"community" };
`;

const here = '440303001001';
const person = (id: string, more: object = {}) => ({
  id,
  name: '张例建',
  phone: '13812345678',
  livesAlone: true,
  visits: [{ note: `note of ${id}` }],
  report: { text: `report of ${id}` },
  broken: () => {
    throw new GraphQLError(`secret of ${id}`, { extensions: { code: 'BROKEN', about: id } });
  },
  place: { code: here },
  handlers: ['worker-1'],
  minor: false,
  ...more,
});
export const people = {
  self: person('r-self'),
  spouse: person('r-spouse'),
  child: person('r-child', { minor: true }),
  stranger: person('r-stranger', { place: { code: '440304002003' }, handlers: [] }),
};

export interface GuardedHub {
  /** Paths of the composed supergraph, the folder of policies and the gateway's private key. */
  files: { supergraph: string; policies: string; assertionKeyFile: string };
  gateway: RunningGateway;
  issuer: Issuer;
  department: Subgraph;
  /** What the department's mutations were called with. */
  written: unknown[];
  logged: string[];
  /** Replaces the policies' text. */
  rewrite(text: string): Promise<void>;
  ask(query: string, who: { claims?: object; headers?: Record<string, string>; variables?: object }): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  data?: Record<string, any> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

/** A hub of one department over four people, with policies of its own. The department scopes no rows: the gateway must. */
export async function startGuardedHub(overrides: Partial<GatewayOptions> = {}): Promise<GuardedHub> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-policy-'));
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = { kid: 'gateway', alg: 'EdDSA' };
  const assertionKeyFile = join(folder, 'key.json');
  await writeFile(assertionKeyFile, JSON.stringify({ ...(await exportJWK(privateKey)), ...jwk }));
  const written: unknown[] = [];
  const rows = Object.values(people);
  const find = (id: string) => rows.find((row) => row.id === id);
  const directives = await readFile(schemaFile('directives.graphql'), 'utf8');
  const department = await Subgraph.start(
    'civil-affairs',
    directives + sdl,
    {
      Query: {
        residents: () => rows,
        resident: (_: unknown, { id }: { id: string }) => find(id),
        standing: () => ({ household: ['r-spouse', 'r-child'], wards: ['r-child'] }),
      },
      Mutation: {
        rename: (_: unknown, args: { id: string }) => {
          written.push(args);
          return find(args.id);
        },
        move: (_: unknown, { id }: { id: string }) => find(id),
        note: (_: unknown, { input }: { input: { id: string } }) => {
          written.push(input);
          return { resident: find(input.id) };
        },
        close: (_: unknown, args: { id: string }) => {
          written.push(args);
          return { resident: find(args.id) };
        },
      },
    },
    { keys: [{ ...(await exportJWK(publicKey)), ...jwk }] },
  );
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, compose([department]));
  const policyFolder = await writePolicies(folder, policies);
  const issuer = await Issuer.start();
  const logged: string[] = [];
  const gateway = await startGateway({
    port: 0,
    supergraph,
    policies: policyFolder,
    watch: false,
    issuer: issuer.url,
    assertionKeyFile,
    log: createLog('gateway', (line) => logged.push(line)),
    ...overrides,
  });
  return {
    files: { supergraph, policies: policyFolder, assertionKeyFile },
    gateway,
    issuer,
    department,
    written,
    logged,
    rewrite: (text) => writeFile(join(policyFolder, 'common.cedar'), text),
    async ask(query, { claims, headers, variables }) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(claims && { authorization: `Bearer ${await issuer.token(claims as JWTPayload)}` }),
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async close() {
      await Promise.all([gateway.close(), department.close(), issuer.close()]);
      await rm(folder, { recursive: true });
    },
  };
}
