import { gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RawHub } from '../support/raw-hub.js';
import { shakyBody, startRawHub } from '../support/raw-hub.js';
import type { RawAnswer } from '../support/raw-server.js';
import { json } from '../support/raw-server.js';

let hub: RawHub;
beforeAll(async () => {
  hub = await startRawHub({ maxSubgraphResponseBytes: 1024 * 1024 });
});
afterEach(() => hub.heal());
afterAll(() => hub.close());

const across = '{ beta items { id price } }';
const complete = {
  beta: 'b',
  items: [
    { id: '1', price: 1 },
    { id: '2', price: 2 },
  ],
};
const partial = {
  beta: null,
  items: [
    { id: '1', price: null },
    { id: '2', price: null },
  ],
};

const body = (text: string | Buffer, headers = 'content-type: application/json') => {
  const bytes = Buffer.from(text);
  const head = `HTTP/1.1 200 OK\r\n${headers}\r\ncontent-length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
};
const bytes =
  (answer: string | Buffer): RawAnswer =>
  (socket) =>
    void socket.write(answer);
const last =
  (answer: string | Buffer): RawAnswer =>
  (socket) =>
    void socket.end(answer);
const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

function drip(socket: Socket): void {
  socket.write(`${head}content-length: 1000\r\n\r\n{`);
  const timer = setInterval(() => socket.write(' '), 100);
  socket.on('close', () => clearInterval(timer));
}

function pour(socket: Socket): void {
  socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, ' '), Buffer.from('\r\n')]);
  let left = 1600;
  const more = (): void => {
    while (!socket.destroyed && left-- > 0 && socket.write(chunk));
    if (left > 0) socket.once('drain', more);
    else socket.end('0\r\n\r\n');
  };
  more();
}

const unavailable = 'SUBGRAPH_UNAVAILABLE';
const timeout = 'SUBGRAPH_TIMEOUT';
const bad = 'SUBGRAPH_BAD_RESPONSE';
const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;

const faults: readonly (readonly [string, string, string, RawAnswer])[] = [
  ['hangs before its headers', timeout, 'did not answer in 400 ms', () => undefined],
  ['hangs in its headers', timeout, 'did not answer in 400 ms', bytes('HTTP/1.1 200 OK\r\ncontent-')],
  ['hangs in its body', timeout, 'did not answer in 400 ms', bytes(`${head}content-length: 100\r\n\r\n{"data":`)],
  ['drips a byte every 100 ms', timeout, 'did not answer in 400 ms', drip],
  ['sends 100 MB', bad, 'answered with more than 1048576 bytes', pour],
  ['resets', unavailable, 'cannot be reached', (socket) => socket.resetAndDestroy()],
  ['closes without a word', unavailable, 'cannot be reached', (socket) => socket.end()],
  ['closes in its headers', unavailable, 'broke off its answer', last('HTTP/1.1 200 OK\r\ncontent-')],
  ['closes in its body', unavailable, 'broke off its answer', last(`${head}content-length: 100\r\n\r\n{"data":`)],
  ['closes in a chunk', unavailable, 'broke off its answer', last(`${head}transfer-encoding: chunked\r\n\r\nff\r\n{"`)],
  ['answers 500', bad, 'answered with HTTP status 500', bytes(json('{"data":{}}', 'HTTP/1.1 500 Oh'))],
  ['answers 503 twice', bad, 'answered with HTTP status 503', bytes(json('{}', 'HTTP/1.1 503 Busy'))],
  ['answers 401', bad, 'answered with HTTP status 401', bytes(json('{}', 'HTTP/1.1 401 No'))],
  ['answers 204', bad, 'answered with HTTP status 204', bytes('HTTP/1.1 204 None\r\n\r\n')],
  [
    'redirects',
    bad,
    'answered with HTTP status 301',
    bytes('HTTP/1.1 301 Go\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n'),
  ],
  ['answers HTML', bad, 'did not answer with JSON', bytes(body('<h1>It works!</h1>', 'content-type: text/html'))],
  ['answers no content-type', bad, 'did not answer with JSON', bytes(body('{"data":{}}', 'x: y'))],
  [
    'answers JSON of another kind',
    bad,
    'did not answer with JSON',
    bytes(body('{}', 'content-type: application/jsonp')),
  ],
  ['answers an empty body', bad, 'did not answer with valid JSON', bytes(json(''))],
  ['answers half of its JSON', bad, 'did not answer with valid JSON', bytes(json('{"data":{"beta":"b'))],
  ['answers garbage after its JSON', bad, 'did not answer with valid JSON', bytes(json('{"data":{"beta":"b"}} x'))],
  [
    'cuts its JSON by its content-length',
    bad,
    'did not answer with valid JSON',
    bytes(`${head}content-length: 5\r\n\r\n{"data":{"beta":"b"}}`),
  ],
  ['answers 100,000 open brackets', bad, 'did not answer with valid JSON', bytes(json('['.repeat(100_000)))],
  ['answers 100,000 lists in each other', bad, 'did not answer with a GraphQL', bytes(json(deep(100_000)))],
  [
    'answers text that is not UTF-8',
    bad,
    'answered with text that is not UTF-8',
    bytes(body(Buffer.from('{"data":{"beta":"\xe5\x8d"}}', 'latin1'))),
  ],
  [
    'compresses badly',
    bad,
    'answered with a compression that cannot be read',
    bytes(body('no', 'content-type: application/json\r\ncontent-encoding: gzip')),
  ],
  [
    'compresses strangely',
    bad,
    'answered with a compression that cannot be read',
    bytes(body('no', 'content-type: application/json\r\ncontent-encoding: zoo')),
  ],
  [
    'sends a small body that grows to 100 MB',
    bad,
    'answered with more than 1048576 bytes',
    bytes(body(gzipSync(Buffer.alloc(100_000_000, ' ')), 'content-type: application/json\r\ncontent-encoding: gzip')),
  ],
  ['does not speak HTTP', bad, 'did not answer in HTTP', last('SSH-2.0-OpenSSH_9.2\r\n')],
  [
    'gives two lengths',
    bad,
    'did not answer in HTTP',
    bytes(`${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`),
  ],
  ['sends 100 KB of headers', bad, 'did not answer in HTTP', bytes(`${head}x: ${'x'.repeat(100_000)}\r\n\r\n`)],
  [
    'changes the protocol unasked',
    bad,
    'did not answer in HTTP',
    bytes('HTTP/1.1 101 Go\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
  ],
  ...[
    'null',
    '1',
    '"text"',
    '[]',
    '{}',
    '{"data":[]}',
    '{"data":"text"}',
    '{"data":1}',
    '{"errors":[]}',
    '{"errors":{}}',
    '{"data":null,"errors":"none"}',
    '{"data":null,"errors":[1]}',
    '{"data":null,"errors":[null]}',
    '{"data":null,"errors":[{"message":1}]}',
    '{"data":null,"errors":[{"message":"m","path":"p"}]}',
    '{"data":null,"errors":[{"message":"m","path":[{}]}]}',
    '{"data":null,"errors":[{"message":"m","extensions":[]}]}',
  ].map((text) => [`answers ${text}`, bad, 'did not answer with a GraphQL response', bytes(json(text))] as const),
];

describe('a department that', () => {
  test.each(faults)('%s: %s', async (_, code, problem, fault) => {
    hub.shaky.answer = fault;
    const { data, errors = [] } = await hub.query(across);
    expect(data).toEqual(partial);
    expect(errors.map(({ path }) => path).sort()).toEqual([['beta'], ['items', 0, 'price']]);
    for (const { message, extensions } of errors) {
      expect(message).toMatch(`Subgraph shaky ${problem}`);
      expect(extensions).toMatchObject({ code, service: 'shaky' });
      expect(JSON.stringify({ message, extensions })).not.toMatch(/127\.0\.0\.1|ECONN|UND_ERR|HPE_|\bat /);
    }
    hub.heal();
    expect(await hub.query(across)).toEqual({ data: complete });
  });
});

describe('a department that does it its own way', () => {
  const encoded = (name: string, text: Buffer) =>
    body(text, `content-type: application/json\r\ncontent-encoding: ${name}`);
  const close = 'HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n';
  test.each<[string, RawAnswer]>([
    ['in HTTP/1.0, closing', (socket, request) => void socket.end(close + shakyBody(request))],
    ['compressed', (socket, request) => void socket.write(encoded('gzip', gzipSync(shakyBody(request))))],
    [
      'after early hints',
      (socket, request) =>
        void socket.write(
          Buffer.concat([Buffer.from('HTTP/1.1 103 Early\r\nlink: x\r\n\r\n'), json(shakyBody(request))]),
        ),
    ],
    [
      'byte for byte in chunks',
      (socket, request) => {
        const chunks = [...shakyBody(request)].map((char) => `1\r\n${char}\r\n`).join('');
        socket.write(`${head}transfer-encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`);
      },
    ],
    [
      'with a media type in capitals',
      (socket, request) => void socket.write(body(shakyBody(request), 'CONTENT-TYPE: Application/JSON; charset=UTF-8')),
    ],
  ])('%s, is understood', async (_, answer) => {
    hub.shaky.answer = answer;
    expect(await hub.query(across)).toEqual({ data: complete });
  });
});

test('an answer that nobody asked for is never taken for the next one', async () => {
  hub.shaky.answer = (socket, request) =>
    void socket.write(Buffer.concat([json(shakyBody(request)), json('{"data":{"beta":"forged"}}')]));
  for (let i = 0; i < 20; i++) expect((await hub.query('{ beta }')).data).toEqual({ beta: 'b' });
});

test('a department that dies between two fetches leaves what it gave', async () => {
  hub.shaky.answer = (socket, request) =>
    request.includes('_entities') ? socket.destroy() : void socket.write(json(shakyBody(request)));
  const { data, errors } = await hub.query(across);
  expect(data).toEqual({ ...partial, beta: 'b' });
  expect(errors).toEqual([
    expect.objectContaining({
      path: ['items', 0, 'price'],
      extensions: { code: unavailable, service: 'shaky', entities: 2 },
    }),
  ]);
});

test.each(['[]', '[{"price":1}]', '[{"price":1},{"price":2},{"price":3}]', '{}', '1'])(
  'entities %s are not those that were asked for',
  async (entities) => {
    hub.shaky.answer = bytes(json(`{"data":{"_entities":${entities}}}`));
    const { data, errors } = await hub.query('{ items { id price } }');
    expect(data).toEqual({ items: partial.items });
    expect(errors?.[0]).toMatchObject({ path: ['items', 0, 'price'], extensions: { code: bad } });
  },
);

test('values nested too deep to be written are an error where they stand', async () => {
  hub.shaky.answer = bytes(json(`{"data":{"deep":${deep(100_000)}}}`));
  const { data, errors } = await hub.query('{ deep items { id } }');
  expect(data).toEqual({ deep: null, items: [{ id: '1' }, { id: '2' }] });
  expect(errors).toEqual([expect.objectContaining({ path: ['deep'] })]);
});

test('errors nested too deep, too many or too long are cut', async () => {
  const error = `{"message":"${'x'.repeat(100_000)}","extensions":{"code":"ODD","deep":${deep(100_000)}}}`;
  hub.shaky.answer = bytes(json(`{"data":null,"errors":[${error}${',{"message":"m"}'.repeat(10_000)}]}`));
  const { data, errors = [] } = await hub.query('{ beta items { id } }');
  expect(data).toEqual({ beta: null, items: [{ id: '1' }, { id: '2' }] });
  expect(errors.length).toBeLessThanOrEqual(100);
  expect(JSON.stringify(errors).length).toBeLessThan(100_000);
});

test('a name that is no name changes no object of the gateway', async () => {
  hub.shaky.answer = bytes(
    json('{"data":{"beta":"b","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}'),
  );
  expect(await hub.query('{ beta }')).toEqual({ data: { beta: 'b' } });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
