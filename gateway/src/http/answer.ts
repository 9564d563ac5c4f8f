import type { ServerResponse } from 'node:http';
import { atEndOfTurn } from '../end-of-turn.js';
import type { Refusal } from '../errors.js';
import type { ResponseType } from './media-types.js';

/** A whole HTTP answer. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
}

/** What answers depend on, beside the body of the request. */
export const vary = 'Accept, Accept-Encoding, Origin';
/** Names and values in turn, as node:http writes them without another look. */
const always = [
  'x-content-type-options',
  'nosniff',
  'referrer-policy',
  'no-referrer',
  'x-frame-options',
  'DENY',
  'vary',
  vary,
];
/** An answer that is data can do nothing, wherever a browser is made to show it. */
const inert = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'cache-control': 'no-store' };

const dataHeaders = (type: ResponseType) => Object.freeze({ 'content-type': `${type}; charset=utf-8`, ...inert });
const ofJson = dataHeaders('application/json');
const ofGraphQL = dataHeaders('application/graphql-response+json');

/** An answer of JSON, never stored by caches. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers?: Readonly<Record<string, string>>,
  type?: ResponseType,
): Answer {
  return jsonTextAnswer(status, JSON.stringify(value), headers, type);
}

/** The same for what is JSON text already. */
export function jsonTextAnswer(
  status: number,
  body: string | Buffer,
  headers?: Readonly<Record<string, string>>,
  type: ResponseType = 'application/json',
): Answer {
  const own = type === 'application/json' ? ofJson : ofGraphQL;
  return { status, headers: headers ? { ...own, ...headers } : own, body };
}

/** A refusal as a GraphQL response without data. */
export function refusalAnswer(refusal: Refusal, status: number, type?: ResponseType): Answer {
  return jsonAnswer(status, { errors: refusal.errors }, refusal.headers, type);
}

/** Writes an answer, without its body to HEAD; `last`: the connection is closed after it. */
export function write(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>>,
  last = false,
): void {
  if (response.headersSent || response.destroyed) return;
  const { status, body } = answer;
  const lines = [...always];
  for (const name in answer.headers) lines.push(name, answer.headers[name]!);
  for (const name in headers) lines.push(name, headers[name]!);
  if (status !== 204) lines.push('content-length', String(Buffer.byteLength(body)));
  if (last) lines.push('connection', 'close');
  response.writeHead(status, lines);
  const sent = response.req.method === 'HEAD' || status === 204 ? undefined : body;
  atEndOfTurn(() => response.end(sent));
}
