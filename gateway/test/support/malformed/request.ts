import type { Random } from '../random.js';

/** A request that no server should accept, with what a good server says to it. */
export interface MalformedRequest {
  family: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
  /** Sends the body in chunks, without saying how long it is. */
  chunked?: boolean;
  /** Bytes written to the socket in place of an HTTP request. */
  raw?: string;
  expect: {
    status: number;
    code: string;
    message: RegExp;
    /** Response headers, by name, that must match. */
    headers?: Record<string, RegExp>;
  };
}

export interface BadToken {
  token: string;
  /** `extensions.reason` of the refusal. */
  reason: string;
}

export interface MalformedOptions {
  /** At least so many requests are made. */
  count: number;
  seed: number;
  /** Each is refused with 401; a token that would be accepted must not be among them. */
  badTokens: readonly BadToken[];
}

/** Draws one request of a family. */
export type Family = (random: Random, options: MalformedOptions) => MalformedRequest;

export const graphqlJson = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
/** A request with nothing wrong in it, to spoil. */
export const good = {
  query: 'query Types($name: String!) { __type(name: $name) { name } }',
  variables: { name: 'Query' },
};

/** A POST of a body as GraphQL clients send it. */
export function post(family: string, body: string | Buffer, expect: MalformedRequest['expect']): MalformedRequest {
  return { family, method: 'POST', path: '/graphql', headers: graphqlJson, body, expect };
}

/** A POST of a value as JSON, to be refused with 400. */
export function ask(family: string, value: unknown, code: string, message: RegExp): MalformedRequest {
  return post(family, JSON.stringify(value), { status: 400, code, message });
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
