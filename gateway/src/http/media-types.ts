import { LRUCache } from '../lru.js';
import { notAcceptable, unsupportedMediaType } from '../errors.js';

/** The media types of a GraphQL response (GraphQL over HTTP, section 4). */
export type ResponseType = 'application/graphql-response+json' | 'application/json';

interface Range {
  type: string;
  quality: number;
  specificity: number;
}

/** Clients send few different headers, and each of them with every request. */
const chosen = new LRUCache<string, ResponseType>(100);
const taken = new LRUCache<string, true>(100);
/** Longer headers are read each time, so that nobody fills the memory with them. */
const cachedLength = 200;

/**
 * Chooses the media type of a response (RFC 9110, section 12.5.1). Without a preference it is `application/json`,
 * as GraphQL over HTTP asks for clients from before its own media type. Throws a Refusal (406) where none fits.
 */
export function negotiate(accept: string | undefined): ResponseType {
  if (accept === undefined) return 'application/json';
  let type = chosen.get(accept);
  if (type === undefined) {
    type = choose(accept);
    if (accept.length <= cachedLength) chosen.set(accept, type);
  }
  return type;
}

function choose(accept: string): ResponseType {
  if (accept.trim() === '') return 'application/json';
  const ranges = accept.split(',').map(readRange);
  const graphql = qualityOf('application/graphql-response+json', ranges);
  const json = qualityOf('application/json', ranges);
  if (graphql.quality <= 0 && json.quality <= 0) {
    throw notAcceptable(
      'This endpoint answers with application/graphql-response+json or application/json, and the Accept header allows ' +
        'neither. Send "Accept: application/graphql-response+json".',
    );
  }
  if (graphql.quality !== json.quality) {
    return graphql.quality > json.quality ? 'application/graphql-response+json' : 'application/json';
  }
  // Equal wishes: the one asked for by its name, and of two names the better one.
  return graphql.specificity === 2 ? 'application/graphql-response+json' : 'application/json';
}

/**
 * Whether a client takes a stream of events: `only` that, or `too`, beside JSON. It must be asked for by its name: what
 * takes anything does not expect a stream.
 */
export function acceptsEventStream(accept: string | undefined): 'no' | 'too' | 'only' {
  if (!accept || !/text\/event-stream/i.test(accept)) return 'no';
  const ranges = accept.split(',').map(readRange);
  if (!ranges.some(({ type, quality }) => type === 'text/event-stream' && quality > 0)) return 'no';
  const json = (['application/graphql-response+json', 'application/json'] as const).some(
    (type) => qualityOf(type, ranges).quality > 0,
  );
  return json ? 'too' : 'only';
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const parameter = (name: string) => parameters.find((it) => it.startsWith(`${name}=`))?.slice(name.length + 1);
  const charset = parameter('charset')?.replaceAll('"', '') ?? 'utf-8';
  const quality = charset === 'utf-8' || charset === 'utf8' ? Number(parameter('q') ?? 1) : 0;
  const specificity = type === '*/*' ? 0 : type.endsWith('/*') ? 1 : 2;
  return { type, quality: Number.isFinite(quality) ? quality : 0, specificity };
}

function qualityOf(type: ResponseType, ranges: readonly Range[]): { quality: number; specificity: number } {
  const matching = ranges.filter(
    (range) => range.type === type || range.type === 'application/*' || range.type === '*/*',
  );
  return matching.reduce((best, range) => (range.specificity > best.specificity ? range : best), {
    quality: 0,
    specificity: -1,
  });
}

/**
 * Lets only `application/json` in UTF-8 pass (section 5.3). This also guards against cross-site requests: a browser
 * sends no JSON to another site without asking that site first. Throws a Refusal (415).
 */
export function requireJson(contentType: string | undefined, contentEncoding: string | undefined): void {
  if (contentType === undefined || !taken.get(contentType)) {
    requireJsonType(contentType);
    if (contentType !== undefined && contentType.length <= cachedLength) taken.set(contentType, true);
  }
  if (contentEncoding !== undefined && contentEncoding.toLowerCase() !== 'identity') {
    throw unsupportedMediaType('The Content-Encoding is not supported. Send the body uncompressed.', {
      'accept-encoding': 'identity',
    });
  }
}

function requireJsonType(contentType: string | undefined): void {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset =
    parameters
      .find((it) => it.startsWith('charset='))
      ?.slice(8)
      .replaceAll('"', '') ?? 'utf-8';
  if (type !== 'application/json') {
    const sent = contentType === undefined ? 'The request has no Content-Type' : 'The Content-Type is not supported';
    throw unsupportedMediaType(`${sent}. Send a JSON body with "Content-Type: application/json".`);
  }
  if (charset !== 'utf-8' && charset !== 'utf8') {
    throw unsupportedMediaType('The charset is not supported. Send the body in UTF-8.');
  }
}
