import { assertionHeader } from '@linli/schema/subject';
import { type PrismaClientLike, startSubgraph, type SubgraphDefinition } from '../service/subgraph.js';
import { createLog } from '../service/log.js';
import { scratchDatabase } from './scratch-database.js';
import { seededTemplate } from './seeded-template.js';
import { testGateway, type Answer, type AssertionChange, type TestCaller } from './test-gateway.js';

export type { Answer, TestCaller };

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
  sign: (change?: AssertionChange) => Promise<string>;
  close(): Promise<void>;
}

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

  const gateway = await testGateway(definition.department, Object.keys(definition.scope));
  const settings = {
    HOST: '127.0.0.1',
    PORT: 0,
    DATABASE_URL: database.url,
    LINLI_ASSERTION_JWKS: gateway.keys,
    LINLI_RESIDENTS: residents,
  };
  const quiet = process.env['LINLI_TEST_LOG'] ? createLog(definition.department) : () => undefined;
  const running = await startSubgraph(definition, settings as never, quiet);

  const { post } = gateway;
  return {
    url: running.url,
    databaseUrl: database.url,
    query: async (query, variables = {}, as = {}) => post(running.url, { query, variables }, await gateway.sign(as)),
    async *subscribe(query, variables = {}, as = {}) {
      const stop = new AbortController();
      const response = await fetch(running.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream',
          [assertionHeader]: await gateway.sign(as),
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
    send: (query, assertion) => post(running.url, { query }, assertion),
    sign: (change) => gateway.sign({}, change),
    async close() {
      await running.close();
      await database.drop();
    },
  };
}
