import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from '../lru.js';
import type { Answer } from './answer.js';

type Encoding = 'br' | 'gzip';

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** Below this many bytes an answer fits into one packet as it is. */
const threshold = 1400;
const compressible = /^(text\/|application\/(graphql-response\+)?json\b|image\/svg)/;
/** What a header said, so that the few different ones that clients send are read once. */
const chosen = new LRUCache<string, Encoding | 'identity'>(100);
const cachedLength = 200;

/** The encoding to answer a client with (RFC 9110, section 12.5.3): of `br` and `gzip` the one it likes better. */
export function chooseEncoding(accept: string | undefined): Encoding | undefined {
  if (accept === undefined) return undefined;
  let encoding = chosen.get(accept);
  if (encoding === undefined) {
    encoding = choose(accept);
    if (accept.length <= cachedLength) chosen.set(accept, encoding);
  }
  return encoding === 'identity' ? undefined : encoding;
}

function choose(accept: string): Encoding | 'identity' {
  const wishes = new Map<string, number>();
  for (const part of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((it) => it.trim());
    const quality = Number(parameters.find((it) => it.startsWith('q='))?.slice(2) ?? 1);
    wishes.set(name === 'x-gzip' ? 'gzip' : name, Number.isFinite(quality) ? quality : 0);
  }
  const wish = (encoding: Encoding) => wishes.get(encoding) ?? wishes.get('*') ?? 0;
  const [br, gzip] = [wish('br'), wish('gzip')];
  if (Math.max(br, gzip) <= 0) return 'identity';
  // A client that would rather have the answer as it is gets it so.
  if ((wishes.get('identity') ?? 0) > Math.max(br, gzip)) return 'identity';
  return br >= gzip ? 'br' : 'gzip';
}

/** Whether an answer is large enough, and of a kind, to be sent smaller. */
export function isWorthCompressing({ status, headers, body }: Answer): boolean {
  return body.length >= threshold && status !== 204 && compressible.test(headers['content-type'] ?? '');
}

/**
 * Compresses an answer outside of the event loop, at the level that costs least: the next one saves a few bytes in a
 * hundred and takes twice the time.
 */
export async function compress(answer: Answer, encoding: Encoding): Promise<Answer> {
  const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const body =
    encoding === 'br'
      ? await compressors.br(bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 1,
            [constants.BROTLI_PARAM_LGWIN]: 18,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          },
        })
      : await compressors.gzip(bytes, { level: 1 });
  return { ...answer, headers: { ...answer.headers, 'content-encoding': encoding }, body };
}
