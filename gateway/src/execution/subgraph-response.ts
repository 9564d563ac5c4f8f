import { z } from 'zod';
import type { ResponseError } from '../errors.js';
import type { SubgraphAnswer, SubgraphClient } from './subgraph-client.js';

const record = z.record(z.string(), z.unknown());

/** A GraphQL response as a subgraph must give it. */
const wellFormed = z.object({
  data: record.nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).nullish(),
        extensions: record.nullish(),
      }),
    )
    .nonempty()
    .nullish(),
});

type SubgraphError = NonNullable<z.infer<typeof wellFormed>['errors']>[number];

export interface SubgraphResponse {
  data: Record<string, unknown> | null;
  errors?: ResponseError[];
  /** What the operator should know and the client should not. */
  logged: Record<string, unknown>[];
}

/**
 * What graphql-js says of a query that does not fit a schema: the subgraph and the supergraph have grown apart. Its
 * other words are about values, which the client chose and the gateway cannot judge: it does not know the scalars.
 */
const drift = /^(Cannot query field|Unknown (type|argument|directive)|Fragment |Cannot spread)/;
const requestCodes = ['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED'];
const internalCode = 'INTERNAL_SERVER_ERROR';
/** Extensions that tell of the inside of a department. */
const hidden = new Set(['stacktrace', 'exception', 'serviceName']);

/** Reads and checks an answer of a subgraph. Throws a SubgraphFault where it is no proper GraphQL response. */
export function readSubgraphResponse(
  { status, contentType, text }: SubgraphAnswer,
  entities: number | undefined,
  showInternalErrors: boolean,
  client: SubgraphClient,
): SubgraphResponse {
  // 400 is a well-formed answer too: a department may refuse an argument that the graph could not check.
  if (status !== 200 && status !== 400) {
    throw client.fault('SUBGRAPH_BAD_RESPONSE', `answered with HTTP status ${status}`);
  }
  if (!/^application\/(graphql-response\+)?json\b/i.test(contentType)) {
    throw client.fault('SUBGRAPH_BAD_RESPONSE', 'did not answer with JSON', `content-type ${contentType}`);
  }
  const parsed = wellFormed.safeParse(parseJson(text, client));
  if (!parsed.success || (parsed.data.data === undefined && !parsed.data.errors)) {
    throw client.fault('SUBGRAPH_BAD_RESPONSE', 'did not answer with a GraphQL response');
  }
  const { data = null, errors } = parsed.data;
  if (data && entities !== undefined) {
    const found = data['_entities'];
    if (!Array.isArray(found) || found.length !== entities) {
      throw client.fault('SUBGRAPH_BAD_RESPONSE', 'did not answer with the entities it was asked for');
    }
  }
  const drifted = errors?.find(({ message, extensions }) => isAboutRequest(extensions) && drift.test(message));
  if (drifted) {
    throw client.fault('SUBGRAPH_BAD_RESPONSE', 'does not serve what the supergraph says', drifted.message);
  }
  const logged: Record<string, unknown>[] = [];
  const shown = errors?.map((error): ResponseError => {
    const shownError = describe(error, client, showInternalErrors);
    if (shownError.extensions.code === internalCode) {
      logged.push({ department: client.subgraph.name, detail: error.message });
    }
    return shownError;
  });
  return { data, ...(shown && { errors: shown }), logged };
}

function parseJson(text: string, client: SubgraphClient): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw client.fault('SUBGRAPH_BAD_RESPONSE', 'did not answer with valid JSON', `${text.length} characters`);
  }
}

function isAboutRequest(extensions: SubgraphError['extensions']): boolean {
  return requestCodes.includes(String(extensions?.['code']));
}

function describe(error: SubgraphError, client: SubgraphClient, showInternalErrors: boolean): ResponseError {
  const { name, title } = client.subgraph;
  const kept = Object.entries(error.extensions ?? {}).filter(([key]) => !hidden.has(key));
  const given = typeof error.extensions?.['code'] === 'string' ? error.extensions['code'] : internalCode;
  const code = isAboutRequest(error.extensions) ? 'BAD_USER_INPUT' : given;
  const message =
    code === internalCode && !showInternalErrors
      ? `The department ${title} (${name}) had an error of its own; the field is null. Try again, or tell the department.`
      : error.message;
  return {
    message,
    ...(error.path && { path: error.path }),
    extensions: { ...Object.fromEntries(kept), code, service: name },
  };
}
