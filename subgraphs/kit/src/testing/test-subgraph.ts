import { exportJWK, generateKeyPair, SignJWT, createLocalJWKSet } from 'jose';
import { assertionHeader, assertionIssuer, assertionType, type Caller, type Subject } from '@linli/schema/subject';
import { type PrismaClientLike, startSubgraph, type SubgraphDefinition } from '../service/subgraph.js';
import { createLog } from '../service/log.js';
import { scratchDatabase } from './scratch-database.js';
import { seededTemplate } from './seeded-template.js';

export interface Answer {
  status: number;
  // Tests read whatever they asked for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

/** Whom a test asks as: the subject with its tester's values for whatever is not given, and what a caller has beside. */
export type TestCaller = Partial<Omit<Caller, 'subject'>> & { readonly subject?: Partial<Subject> };

export interface TestSubgraph {
  url: string;
  databaseUrl: string;
  /** Sends an operation over HTTP with a valid assertion for a caller who sees every row, changed as given. */
  query(operation: string, variables?: Record<string, unknown>, as?: TestCaller): Promise<Answer>;
  /** Opens a subscription; its answers as they come, until their reader stops. */
  subscribe(operation: string, variables?: Record<string, unknown>, as?: TestCaller): AsyncGenerator<Answer>;
  /** Sends an operation with the given assertion header, or none. */
  send(operation: string, assertion: string | undefined): Promise<Answer>;
  /** An assertion with some claims or header fields changed, for testing refusals. */
  sign: (change?: { claims?: Record<string, unknown>; typ?: string; expiresIn?: number }) => Promise<string>;
  close(): Promise<void>;
}

const tester: Subject = {
  id: 'tester',
  roles: ['city-supervisor'],
  jurisdiction: ['4403', '4415'],
  purposes: [],
  scopes: [],
};

/**
 * A department's subgraph as it really runs, over HTTP, on a new database of the server that
 * LINLI_TEST_DATABASE_URL names; the database is dropped on `close`.
 */
export async function testSubgraph<Client extends PrismaClientLike, Loaders>(
  definition: SubgraphDefinition<Client, Loaders>,
  options: { residents?: number } = {},
): Promise<TestSubgraph> {
  const { residents = 1000 } = options;
  const database = await scratchDatabase(definition.department, await seededTemplate(definition, residents));

  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' };
  const settings = {
    HOST: '127.0.0.1',
    PORT: 0,
    DATABASE_URL: database.url,
    LINLI_ASSERTION_JWKS: createLocalJWKSet({ keys: [jwk] }),
    LINLI_RESIDENTS: residents,
  };
  const quiet = process.env['LINLI_TEST_LOG'] ? createLog(definition.department) : () => undefined;
  const running = await startSubgraph(definition, settings as never, quiet);

  const everyRow = Object.fromEntries(Object.keys(definition.scope).map((type) => [type, ['none' as const]]));
  const callerOf = ({ subject, ...caller }: TestCaller): Caller => ({
    standing: { household: [], wards: [] },
    scope: everyRow,
    operation: 'test',
    ...caller,
    subject: { ...tester, ...subject },
  });
  const signFor = (caller: Caller, change: Parameters<TestSubgraph['sign']>[0] = {}) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: assertionIssuer,
      aud: definition.department,
      sub: caller.subject.id,
      iat: now,
      exp: now + (change.expiresIn ?? 60),
      ...caller,
      ...change.claims,
    })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: change.typ ?? assertionType })
      .sign(privateKey);
  };
  const post = async (body: object, assertion: string | undefined): Promise<Answer> => {
    const response = await fetch(running.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(assertion !== undefined && { [assertionHeader]: assertion }) },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  return {
    url: running.url,
    databaseUrl: database.url,
    query: async (query, variables = {}, as = {}) => post({ query, variables }, await signFor(callerOf(as))),
    async *subscribe(query, variables = {}, as = {}) {
      const stop = new AbortController();
      const response = await fetch(running.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream',
          [assertionHeader]: await signFor(callerOf(as)),
        },
        body: JSON.stringify({ query, variables }),
        signal: stop.signal,
      });
      if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
        yield { status: response.status, ...((await response.json()) as object) };
        return;
      }
      let text = '';
      try {
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
          text += chunk;
          const blocks = text.split('\n\n');
          text = blocks.pop()!;
          for (const block of blocks) {
            const data = /^event: next\ndata: (.*)$/s.exec(block)?.[1];
            if (data !== undefined) yield { status: 200, ...(JSON.parse(data) as object) };
          }
        }
      } finally {
        stop.abort();
      }
    },
    send: (query, assertion) => post({ query }, assertion),
    sign: (change) => signFor(callerOf({}), change),
    async close() {
      await running.close();
      await database.drop();
    },
  };
}
