import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { IncomingHttpHeaders } from 'node:http';
import { chooseEncoding } from '../../src/http/compress.js';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  ['deflate', undefined],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP;Q=1, BR;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0, gzip;q=0', undefined],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['*;q=0', undefined],
  ['identity;q=1, gzip;q=0.5', undefined],
  ['gzip;q=nonsense', undefined],
])('Accept-Encoding: %s is answered in %s', (accept, encoding) => {
  expect(chooseEncoding(accept)).toBe(encoding);
});

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

interface RawAnswer {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Asks with node:http, which decodes nothing by itself. */
function ask(query: string, encoding: string | undefined, method = 'POST'): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const search = method === 'POST' ? '' : `?query=${encodeURIComponent(query)}`;
    const sent = request(`${hub.url}/graphql${search}`, {
      method,
      headers: {
        ...(method === 'POST' && { 'content-type': 'application/json' }),
        ...(encoding !== undefined && { 'accept-encoding': encoding }),
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
    });
    sent.end(method === 'POST' ? JSON.stringify({ query }) : undefined);
  });
}

const large = `{ communities { ${Array.from({ length: 60 }, (_, i) => `name${i}: name`).join(' ')} } }`;

test.each([
  ['gzip', gunzipSync],
  ['br', brotliDecompressSync],
] as const)('a large answer comes in %s to a client that takes it', async (encoding, decode) => {
  const plain = await ask(large, undefined);
  const { headers, body } = await ask(large, encoding);
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['content-length']).toBe(String(body.length));
  expect(body.length).toBeLessThan(plain.body.length / 2);
  expect(decode(body).equals(plain.body)).toBe(true);
  expect(plain.body.toString()).toContain('大塘龙社区');
});

test('a small answer comes as it is, and says all the same that it depends on the encoding', async () => {
  const { headers, body } = await ask('{ __typename }', 'gzip, br');
  expect(headers['content-encoding']).toBeUndefined();
  expect(headers.vary).toBe('Accept, Accept-Encoding, Origin');
  expect(JSON.parse(body.toString())).toEqual({ data: { __typename: 'Query' } });
});

test('an answer to a GET is compressed as one to a POST', async () => {
  const { headers, body } = await ask(large, 'gzip', 'GET');
  expect(headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(body).toString()).toContain('大塘龙社区');
});
