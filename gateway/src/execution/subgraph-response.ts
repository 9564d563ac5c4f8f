import type { ResponseError } from '../errors.js';
import { isPlainName } from '../telemetry/failure.js';
import { shorten, tellsOfInside, withoutInside } from './leaks.js';
import type { ExpectedEntities } from './run.js';
import type { SubgraphAnswer } from './ask.js';
import type { SubgraphClient } from './subgraph-client.js';

type Json = Record<string, unknown>;

interface SubgraphError {
  message: string;
  path?: readonly (string | number)[] | null;
  extensions?: Json | null;
}

export interface SubgraphResponse {
  data: Json | null;
  errors?: ResponseError[];
  /** Where errors were that the client is not shown: their messages may hold personal data, and are not logged either. */
  logged: readonly Json[];
}

/**
 * What graphql-js says of a query that does not fit a schema: the subgraph and the supergraph have grown apart. Its
 * other words are about values, which the client chose and the gateway cannot judge: it does not know the scalars.
 */
const drift = /^(Cannot query field|Unknown (?:type|argument|directive)|Fragment|Cannot spread)\b/;
const requestCodes = ['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED'];
const internalCode = 'INTERNAL_SERVER_ERROR';
const jsonType = /^application\/(graphql-response\+)?json\s*(;|$)/i;
/** Errors of one answer that are read: a thousand say the same as a hundred. */
const maxErrors = 100;
/** Parts of an error's path that are logged. */
const maxPath = 50;
const nothing: readonly Json[] = [];

/** Reads and checks an answer of a subgraph. Throws a SubgraphFault where it is no proper GraphQL response. */
export function readSubgraphResponse(
  { status, contentType, text }: SubgraphAnswer,
  entities: readonly ExpectedEntities[] | undefined,
  showInternalErrors: boolean,
  client: SubgraphClient,
): SubgraphResponse {
  // 400 is a well-formed answer too: a department may refuse an argument that the graph could not check.
  if (status !== 200 && status !== 400) {
    throw client.fault('SUBGRAPH_BAD_RESPONSE', `answered with HTTP status ${status}`);
  }
  if (!jsonType.test(contentType)) {
    throw client.fault('SUBGRAPH_BAD_RESPONSE', 'did not answer with JSON', mediaTypeOf(contentType));
  }
  const response = parseJson(text, client);
  if (!isObject(response)) throw notGraphQL(client);
  const { data, errors } = response;
  if (data === undefined ? !errors : data !== null && !isObject(data)) throw notGraphQL(client);
  if (data && entities) requireEntities(data as Json, entities, client);
  const known = (data as Json | null | undefined) ?? null;
  if (errors === undefined || errors === null) return { data: known, logged: nothing };
  if (!isErrors(errors)) throw notGraphQL(client);
  return readErrors(known, errors, showInternalErrors, client);
}

function readErrors(
  data: Json | null,
  errors: readonly SubgraphError[],
  showInternalErrors: boolean,
  client: SubgraphClient,
): SubgraphResponse {
  const drifted = errors.find(({ message, extensions }) => isAboutRequest(extensions) && drift.test(message));
  if (drifted) {
    throw client.fault('SUBGRAPH_BAD_RESPONSE', 'does not serve what the supergraph says', driftOf(drifted.message));
  }
  const logged: Json[] = [];
  const shown = errors.slice(0, maxErrors).map((error): ResponseError => {
    const inside = codeOf(error) === internalCode || tellsOfInside(error.message);
    if (inside) logged.push(lineOf(error, client));
    return describe(error, client, inside && !showInternalErrors);
  });
  return { data, errors: shown, logged };
}

/** What a log may say of an error: who, which and where. */
function lineOf(error: SubgraphError, { subgraph }: SubgraphClient): Json {
  const code = codeOf(error);
  const path = error.path
    ?.slice(0, maxPath)
    .map((part) => (typeof part === 'number' || isPlainName(part) ? part : '?'));
  return { department: subgraph.name, code: isPlainName(code) ? code : '?', ...(path && { path }) };
}

/** Which field a subgraph does not have, where it says so in graphql-js's words; else what kind of thing is missing. */
function driftOf(message: string): string {
  const [, field, type] = /^Cannot query field "(\w+)" on type "(\w+)"\./.exec(message) ?? [];
  if (isPlainName(field) && isPlainName(type)) return `it has no ${type}.${field}`;
  return drift.exec(message)?.[1] ?? '';
}

function mediaTypeOf(contentType: string): string {
  return `content-type ${/^[a-z]+\/[a-z][\w.+-]{0,60}/i.exec(contentType)?.[0] ?? '?'}`;
}

function parseJson(text: string, client: SubgraphClient): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw client.fault('SUBGRAPH_BAD_RESPONSE', 'did not answer with valid JSON', `${text.length} characters`);
  }
}

function notGraphQL(client: SubgraphClient): Error {
  return client.fault('SUBGRAPH_BAD_RESPONSE', 'did not answer with a GraphQL response');
}

function requireEntities(data: Json, entities: readonly ExpectedEntities[], client: SubgraphClient): void {
  for (const { alias, count } of entities) {
    const found = data[alias];
    if (!Array.isArray(found) || found.length !== count) {
      throw client.fault('SUBGRAPH_BAD_RESPONSE', 'did not answer with the entities it was asked for');
    }
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a list of errors as the GraphQL specification has them (7.1.2). */
function isErrors(value: unknown): value is SubgraphError[] {
  return Array.isArray(value) && value.length > 0 && value.every(isError);
}

function isError(value: unknown): boolean {
  if (!isObject(value) || typeof value['message'] !== 'string') return false;
  const { path, extensions } = value;
  if (extensions !== undefined && extensions !== null && !isObject(extensions)) return false;
  if (path === undefined || path === null) return true;
  return Array.isArray(path) && path.every((part) => typeof part === 'string' || typeof part === 'number');
}

function isAboutRequest(extensions: SubgraphError['extensions']): boolean {
  return requestCodes.includes(String(extensions?.['code']));
}

function codeOf({ extensions }: SubgraphError): string {
  if (isAboutRequest(extensions)) return 'BAD_USER_INPUT';
  const code = extensions?.['code'];
  return typeof code === 'string' && code.length <= 100 && !tellsOfInside(code) ? code : internalCode;
}

function describe(error: SubgraphError, client: SubgraphClient, hide: boolean): ResponseError {
  const { name, title } = client.subgraph;
  const message = hide
    ? `The department ${title} (${name}) had an error of its own; the field is null. Try again, or tell the department.`
    : shorten(error.message);
  return {
    message,
    ...(error.path && { path: error.path }),
    extensions: { ...withoutInside(error.extensions ?? {}), code: codeOf(error), service: name },
  };
}
