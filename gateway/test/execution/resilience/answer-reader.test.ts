import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NotHttp } from '../../../src/execution/answer-head.js';
import { AnswerReader, TooLarge, type HttpAnswer } from '../../../src/execution/answer-reader.js';

const text = '{"data":{"名":"大塘龙社区"}}';
const body = Buffer.from(text);
const type = 'Content-Type: application/json\r\n';
const ok = `HTTP/1.1 200 OK\r\n${type}`;
const sized = Buffer.concat([Buffer.from(`${ok}Content-Length: ${body.length}\r\n\r\n`), body]);
const chunk = (bytes: Buffer) =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)};x=y\r\n`), bytes, Buffer.from('\r\n')]);
const chunked = Buffer.concat([
  Buffer.from(`${ok}Transfer-Encoding: Chunked\r\n\r\n`),
  chunk(body.subarray(0, 10)),
  chunk(body.subarray(10)),
  Buffer.from('0\r\nx-trailer: y\r\n\r\n'),
]);
const hinted = Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n'), sized]);
const untilClosed = Buffer.concat([Buffer.from(`HTTP/1.0 200 OK\r\n${type}\r\n`), body]);

/** Reads pieces out of one buffer that is written over each time, as those of a socket are. */
function read(pieces: readonly Buffer[], maxBytes = 1000): AnswerReader & { more: boolean } {
  const reader = Object.assign(new AnswerReader(maxBytes), { more: false });
  for (const piece of pieces) {
    const buffer = Buffer.from(piece);
    reader.more = reader.read(buffer);
    buffer.fill(0xff);
    if (reader.answer) break;
  }
  return reader;
}

const whole = (reader: AnswerReader): HttpAnswer => {
  if (!reader.answer) reader.end();
  return reader.answer!;
};

const answers: readonly (readonly [string, Buffer])[] = [
  ['with a length', sized],
  ['in chunks', chunked],
  ['after early hints', hinted],
  ['ended by the connection', untilClosed],
];

test.each(answers)('an answer %s is the same, wherever its bytes are cut', (_, bytes) => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 })), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const reader = read(places.slice(1).map((end, i) => bytes.subarray(places[i], end)));
      expect(whole(reader)).toEqual({
        failure: undefined,
        status: 200,
        contentType: 'application/json',
        contentEncoding: '',
        body: text,
      });
      expect(reader.more).toBe(false);
    }),
  );
});

test('bytes after an answer are not taken for it', () => {
  for (const bytes of [sized, chunked]) {
    const reader = read([Buffer.concat([bytes, sized])]);
    expect([reader.answer?.body, reader.more]).toEqual([text, true]);
  }
});

test.each([
  ['', 'HTTP/1.1', Infinity],
  ['connection: close\r\n', 'HTTP/1.1', 0],
  ['connection: x, Close\r\n', 'HTTP/1.1', 0],
  ['keep-alive: timeout=5, max=100\r\n', 'HTTP/1.1', 5000],
  ['keep-alive: timeout=5\r\nconnection: close\r\n', 'HTTP/1.1', 0],
  ['', 'HTTP/1.0', 0],
])('a server that says %j in %s keeps the connection %d ms', (headers, version, ms) => {
  expect(read([Buffer.from(`${version} 200 OK\r\n${headers}content-length: 0\r\n\r\n`)]).keepAliveMs).toBe(ms);
});

test.each([
  ['204 No Content', ''],
  ['204 No Content', 'content-length: 5\r\n'],
  ['304 Not Modified', 'transfer-encoding: chunked\r\n'],
])('an answer %s has no body, whatever its headers say: %s', (status, headers) => {
  expect(read([Buffer.from(`HTTP/1.1 ${status}\r\n${headers}\r\n`)]).answer?.body).toBe('');
});

test('compressed bytes are given as they are, and text that is no UTF-8 not at all', () => {
  const gzip = read([
    Buffer.from(`${ok}content-encoding: GZIP\r\ncontent-length: 2\r\n\r\n\x1f\x8b`, 'latin1'),
  ]).answer!;
  expect([gzip.contentEncoding, gzip.body]).toEqual(['gzip', Buffer.from([0x1f, 0x8b])]);
  expect(read([Buffer.from(`${ok}content-length: 1\r\n\r\n\xff`, 'latin1')]).answer?.body).toBeUndefined();
});

const end = `content-length: 0\r\n\r\n`;
test.each([
  ['SSH-2.0-OpenSSH'],
  ['\r\nHTTP/1.1 200 OK\r\n'],
  [`HTTP/2 200 OK\r\n${end}`],
  [`HTTP/1.1 2000 OK\r\n${end}`],
  [`HTTP/1.1  200 OK\r\n${end}`],
  [`HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n`],
  [`${ok}content-length: 1\r\ncontent-length: 2\r\n\r\n{}`],
  [`${ok}content-length: 1, 1\r\n\r\n{}`],
  [`${ok}content-length: -1\r\n\r\n`],
  [`${ok}content-length: 0x1\r\n\r\n`],
  [`${ok}content-length:\r\n\r\n`],
  [`${ok}content-length: 9999999999999999\r\n\r\n`],
  [`${ok}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
  [`${ok}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  [`${ok}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
  [`HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
  [`${ok}x: y\r\n folded\r\n${end}`],
  [`${ok}x : y\r\n${end}`],
  [`${ok}no header\r\n${end}`],
  [`${ok}x: y\nz: y\r\n${end}`],
  [`${ok}x: \0\r\n${end}`],
  [`${ok}x: ${'y'.repeat(20_000)}`],
  [`${'HTTP/1.1 103 Early\r\nx: y\r\n\r\n'.repeat(1000)}${ok}${end}`],
  [`${ok}transfer-encoding: chunked\r\n\r\nx\r\n`],
  [`${ok}transfer-encoding: chunked\r\n\r\n-1\r\n`],
  [`${ok}transfer-encoding: chunked\r\n\r\n1\r\n{}\r\n`],
  [`${ok}transfer-encoding: chunked\r\n\r\n1;${'x'.repeat(5000)}`],
  [`${ok}transfer-encoding: chunked\r\n\r\n0\r\n${'x: y\r\n'.repeat(5000)}`],
  [`${ok}transfer-encoding: chunked\r\n\r\n0\r\nno trailer\r\n\r\n`],
])('%j is refused', (answer) => {
  expect(() => read([Buffer.from(answer)])).toThrow(NotHttp);
  expect(() => read([...Buffer.from(answer)].map((byte) => Buffer.from([byte])))).toThrow(NotHttp);
});

test.each([
  [`${ok}content-length: 1001\r\n\r\n`],
  [`${ok}transfer-encoding: chunked\r\n\r\nffffffff\r\n`],
  [`${ok}\r\n${'x'.repeat(1001)}`],
])('more than is wanted is refused before it came: %j', (answer) => {
  expect(() => read([Buffer.from(answer)])).toThrow(TooLarge);
});

test('an answer that breaks off is none', () => {
  for (const bytes of [sized, chunked, hinted]) {
    const reader = read([bytes.subarray(0, -1)]);
    expect(reader.end()).toBe(false);
    expect(reader.answer).toBeUndefined();
  }
});
