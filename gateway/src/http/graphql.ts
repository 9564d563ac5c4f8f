import type { IncomingMessage } from 'node:http';
import type { Subject } from '@linli/schema/subject';
import type { Authenticate } from '../authentication/authenticate.js';
import { Refusal, methodNotAllowed } from '../errors.js';
import type { GraphQLRequest, RequestParameters } from '../operation/request.js';
import type { EventStreamAnswer } from '../subscription/sse-answer.js';
import type { Answer } from './answer.js';
import { jsonTextAnswer, refusalAnswer } from './answer.js';
import { readBody } from './body.js';
import type { CrossSite } from './cross-site.js';
import { acceptsEventStream, negotiate, requireJson } from './media-types.js';
import { parametersOfBody, parametersOfUrl } from './parameters.js';

/** What `/graphql` needs of the rooms behind it. */
export interface GraphQLService {
  authenticate: Authenticate;
  /** Finds the document of a request; throws, or rejects with, a Refusal where there is none or it is not allowed. */
  resolve(parameters: RequestParameters): GraphQLRequest | Promise<GraphQLRequest>;
  /** Answers a request with JSON text; throws a Refusal before anything is fetched. `queriesOnly`: a GET must change nothing. */
  answer(
    request: GraphQLRequest,
    subject: Subject,
    options: { queriesOnly: boolean },
    signal: AbortSignal,
  ): Promise<string>;
  /** The same for any operation, as a stream; throws a Refusal before anything is fetched. */
  stream(request: GraphQLRequest, subject: Subject, options: { queriesOnly: boolean }): ResponseStream;
}

/** An admitted operation whose answers are still to come. */
export interface ResponseStream {
  /** False for a query or a mutation, which has one answer. */
  readonly subscription: boolean;
  /** JSON texts of responses, until the last one or until `signal` aborts. */
  start(signal: AbortSignal): AsyncIterable<string>;
}

const allow = { allow: 'GET, POST, OPTIONS' };

/** Answers a request to `/graphql` (GraphQL over HTTP). Throws a Refusal that has no better media type than JSON. */
export async function answerGraphQL(
  request: IncomingMessage,
  search: string,
  service: GraphQLService,
  crossSite: CrossSite,
  signal: AbortSignal,
): Promise<Answer | EventStreamAnswer> {
  const { method, headers } = request;
  if (method === 'OPTIONS') {
    return { status: 204, headers: { ...allow, ...crossSite.preflightHeaders(headers.origin) }, body: '' };
  }
  if (method !== 'GET' && method !== 'POST') {
    throw methodNotAllowed('Only GET (for queries) and POST are served here. Send a POST with a JSON body.', allow);
  }
  const streaming = acceptsEventStream(headers.accept);
  const type = streaming === 'only' ? 'application/json' : negotiate(headers.accept);
  try {
    if (method === 'POST') requireJson(headers['content-type'], headers['content-encoding']);
    else crossSite.guardGet(headers);
    const subject = await service.authenticate(headers.authorization);
    const parameters = method === 'POST' ? parametersOfBody(await readBody(request)) : parametersOfUrl(search);
    const found = service.resolve(parameters);
    const resolved = found instanceof Promise ? await found : found;
    const options = { queriesOnly: method === 'GET' };
    if (streaming !== 'no') {
      const stream = service.stream(resolved, subject, options);
      if (stream.subscription || streaming === 'only') return { stream, authorization: headers.authorization };
    }
    const response = await service.answer(resolved, subject, options, signal);
    // A response with data is a success even where parts of it are missing (section 6.4.2).
    return jsonTextAnswer(200, response, undefined, type);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const always200 = error.kind === 'operation' && type === 'application/json' && streaming !== 'only';
    const status = always200 ? 200 : error.status;
    return refusalAnswer(error, status, type);
  }
}
