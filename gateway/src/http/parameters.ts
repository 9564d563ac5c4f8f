import type { RequestParameters } from '../operation/request.js';
import { badRequest, batchingRefused } from '../errors.js';
import { parseJson } from './json.js';

/** Reads the parameters of a POST body (GraphQL over HTTP, section 5.4.1). Throws a Refusal (400). */
export function parametersOfBody(text: string): RequestParameters {
  if (text.trim() === '') throw badRequest('The body is empty. Send {"query": "…"} as JSON.');
  const body = parseJson(text, 'The body');
  if (Array.isArray(body)) {
    throw batchingRefused('The body is a list of requests. Send one request a time; connections are kept open.');
  }
  if (!isRecord(body)) throw badRequest('The body is not a JSON object. Send {"query": "…"}.');
  return parameters(body);
}

/** Reads the parameters of a GET query string (section 5.3.1). Throws a Refusal (400). */
export function parametersOfUrl(search: string): RequestParameters {
  const given = new URLSearchParams(search);
  const read: Record<string, unknown> = {};
  for (const name of ['query', 'documentId', 'operationName', 'variables', 'extensions']) {
    const [value, ...more] = given.getAll(name);
    if (more.length) throw badRequest(`The parameter "${name}" is given more than once. Give it once.`);
    if (value === undefined) continue;
    const isJson = name === 'variables' || name === 'extensions';
    read[name] = isJson && value !== '' ? parseJson(value, `The parameter "${name}"`) : value || null;
  }
  return parameters(read);
}

function parameters(given: Readonly<Record<string, unknown>>): RequestParameters {
  const { documentId = null, operationName = null, variables = null, extensions = null } = given;
  // An empty query is what some clients send that mean none.
  const query = given['query'] === undefined || given['query'] === '' ? null : given['query'];
  if (query !== null && typeof query !== 'string') throw wrongType('query', 'a string with a GraphQL document');
  if (documentId !== null && typeof documentId !== 'string') throw wrongType('documentId', 'a string');
  if (operationName !== null && typeof operationName !== 'string') throw wrongType('operationName', 'a string');
  if (variables !== null && !isRecord(variables)) throw wrongType('variables', 'a JSON object');
  if (extensions !== null && !isRecord(extensions)) throw wrongType('extensions', 'a JSON object');
  return { query, documentId, operationName, variables, extensions };
}

const wrongType = (name: string, wanted: string) => badRequest(`The parameter "${name}" must be ${wanted}.`);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
