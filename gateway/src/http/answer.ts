import type { ServerResponse } from 'node:http';
import type { Refusal } from '../errors.js';

/** A whole HTTP answer. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
}

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};
/** An answer that is data can do nothing, wherever a browser is made to show it. */
const inert = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'cache-control': 'no-store' };

/** An answer of JSON, never stored by caches. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  type = 'application/json',
): Answer {
  return jsonTextAnswer(status, JSON.stringify(value), headers, type);
}

/** The same for what is JSON text already. */
export function jsonTextAnswer(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  type = 'application/json',
): Answer {
  return { status, headers: { 'content-type': `${type}; charset=utf-8`, ...inert, ...headers }, body };
}

/** A refusal as a GraphQL response without data. */
export function refusalAnswer(refusal: Refusal, status: number, type?: string): Answer {
  return jsonAnswer(status, { errors: refusal.errors }, refusal.headers, type);
}

/** Writes an answer, without its body to HEAD. */
export function write(response: ServerResponse, answer: Answer, headers: Readonly<Record<string, string>> = {}): void {
  if (response.headersSent || response.destroyed) return;
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  response.writeHead(answer.status, {
    ...always,
    ...answer.headers,
    ...headers,
    ...(answer.status !== 204 && { 'content-length': String(body.length) }),
  });
  response.end(response.req.method === 'HEAD' || answer.status === 204 ? undefined : body);
}
