import type { GraphQLRequest } from '../operation/request.js';
import { badRequest, batchingRefused, persistedQueryRefused } from '../errors.js';
import { parseJson } from './json.js';

/** Reads the parameters of a POST body (GraphQL over HTTP, section 5.4.1). Throws a Refusal (400). */
export function parametersOfBody(text: string): GraphQLRequest {
  if (text.trim() === '') throw badRequest('The body is empty. Send {"query": "…"} as JSON.');
  const body = parseJson(text, 'The body');
  if (Array.isArray(body)) {
    throw batchingRefused('The body is a list of requests. Send one request a time; connections are kept open.');
  }
  if (!isRecord(body)) throw badRequest('The body is not a JSON object. Send {"query": "…"}.');
  return parameters(body);
}

/** Reads the parameters of a GET query string (section 5.3.1). Throws a Refusal (400). */
export function parametersOfUrl(search: string): GraphQLRequest {
  const given = new URLSearchParams(search);
  const read: Record<string, unknown> = {};
  for (const name of ['query', 'operationName', 'variables', 'extensions']) {
    const [value, ...more] = given.getAll(name);
    if (more.length) throw badRequest(`The parameter "${name}" is given more than once. Give it once.`);
    if (value === undefined) continue;
    const isJson = name === 'variables' || name === 'extensions';
    read[name] = isJson && value !== '' ? parseJson(value, `The parameter "${name}"`) : value || null;
  }
  return parameters(read);
}

function parameters(given: Readonly<Record<string, unknown>>): GraphQLRequest {
  const { query, operationName = null, variables = null, extensions = null } = given;
  if (operationName !== null && typeof operationName !== 'string') throw wrongType('operationName', 'a string');
  if (variables !== null && !isRecord(variables)) throw wrongType('variables', 'a JSON object');
  if (extensions !== null && !isRecord(extensions)) throw wrongType('extensions', 'a JSON object');
  if (query === undefined || query === null || query === '') {
    if (extensions && 'persistedQuery' in extensions) throw persistedQueryRefused('PersistedQueryNotSupported');
    throw badRequest('The parameter "query" is missing. Send the GraphQL document in it.');
  }
  if (typeof query !== 'string') throw wrongType('query', 'a string with a GraphQL document');
  return { query, operationName, variables, extensions };
}

const wrongType = (name: string, wanted: string) => badRequest(`The parameter "${name}" must be ${wanted}.`);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
