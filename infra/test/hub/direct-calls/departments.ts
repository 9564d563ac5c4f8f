import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { subgraph as civilAffairs } from '@linli/civil-affairs/subgraph';
import { connectors } from '@linli/connectors/subgraph';
import { subgraph as education } from '@linli/education/subgraph';
import { subgraph as governance } from '@linli/governance/subgraph';
import { subgraph as health } from '@linli/health/subgraph';
import { subgraph as housing } from '@linli/housing/subgraph';
import type { Answer, TestCaller, TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { openScopeCheck, type ScopeCheck } from '@linli/kit/testing/scope-check';
import { subgraph as publicSecurity } from '@linli/public-security/subgraph';
import type { Department } from '@linli/schema/departments';
import { assertionHeader, assertionIssuer, assertionType } from '@linli/schema/subject';
import { importJWK, SignJWT, type JWK } from 'jose';
import { homeAt } from '../../../src/launcher/home.js';
import { readHub } from '../../../src/launcher/hub-file.js';
import { readJson } from '../../../src/launcher/json-file.js';
import { loadSecrets } from '../../../src/launcher/secrets.js';
import { databaseName } from '../../../src/postgres/databases.js';
import { testHub } from '../../support/test-hub.js';

const home = homeAt(testHub.home);

/** A department of the running hub, asked past the gateway. */
export interface HubDepartment {
  readonly name: Department;
  readonly databaseUrl: string;
  readonly query: TestSubgraph['query'];
  /** Sends an operation with the given assertion header, or none. */
  send(operation: string, assertion: string | undefined, variables?: object): Promise<Answer>;
  /** Reads its database and contract, past every scope. */
  check(): Promise<ScopeCheck>;
}

/** Signs what a caller states with the gateway's key, or another one; `change` replaces claims. */
export async function sign(
  department: Department,
  caller: TestCaller,
  change: { claims?: object; key?: JWK } = {},
): Promise<string> {
  const jwk = change.key ?? (JSON.parse(readFileSync(home.assertionKey, 'utf8')) as JWK);
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: assertionIssuer,
    aud: department,
    sub: caller.subject?.id,
    iat: now,
    exp: now + 60,
    operation: 'direct call',
    ...caller,
    ...change.claims,
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid!, typ: assertionType })
    .sign(await importJWK(jwk, 'EdDSA'));
}

/**
 * Sends JSON on a connection of its own. This process is busy with policies for seconds at a time, and by then a
 * department would have closed one that was kept.
 */
async function post(url: string, headers: Record<string, string>, body: string): Promise<Answer> {
  const outgoing = request(url, {
    method: 'POST',
    agent: false,
    headers: { ...headers, 'content-type': 'application/json' },
  });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: incoming.statusCode!, ...((await json(incoming)) as object) };
}

/** What a check is opened with; the definitions differ in types that it does not look at. */
type Definition = Parameters<typeof openScopeCheck>[1];

/** Every department of the hub. */
export function hubDepartments(): HubDepartment[] {
  const { services } = readHub(home);
  const ports = readJson(home.ports) as Record<string, number>;
  const { departmentPasswords } = loadSecrets(home);
  const all = [civilAffairs, health, housing, publicSecurity, education, connectors({}), governance];
  return all.map((definition): HubDepartment => {
    const name = definition.department;
    const database = databaseName(name);
    const databaseUrl = `postgresql://${database}:${departmentPasswords[name]}@127.0.0.1:${ports['postgres']}/${database}`;
    const send: HubDepartment['send'] = async (query, assertion, variables = {}) => {
      const headers = { ...(assertion !== undefined && { [assertionHeader]: assertion }) };
      return post(services[name]!.url!, headers, JSON.stringify({ query, variables }));
    };
    const query: HubDepartment['query'] = async (operation, variables = {}, as = {}) =>
      send(operation, await sign(name, as), variables);
    const department = { name, databaseUrl, query, send };
    return { ...department, check: () => openScopeCheck(department, definition as unknown as Definition) };
  });
}
