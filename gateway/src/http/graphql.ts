import type { IncomingMessage } from 'node:http';
import { Refusal, methodNotAllowed } from '../errors.js';
import type { Waiting } from '../execution/run.js';
import type { Answer } from './answer.js';
import { jsonTextAnswer, refusalAnswer } from './answer.js';
import { readBody } from './body.js';
import type { CrossSite } from './cross-site.js';
import type { EventStreamAnswer } from './event-stream-answer.js';
import { acceptsEventStream, negotiate, requireJson } from './media-types.js';
import { parametersOfBody, parametersOfUrl } from './parameters.js';
import type { GraphQLService } from './service.js';

const allow = { allow: 'GET, POST, OPTIONS' };

/** Answers a request to `/graphql` (GraphQL over HTTP). Throws a Refusal that has no better media type than JSON. */
export async function answerGraphQL(
  request: IncomingMessage,
  search: string,
  service: GraphQLService,
  crossSite: CrossSite,
  client: Waiting,
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
    const actor = await service.authenticate(headers.authorization, (name) => single(headers[name]));
    const parameters = method === 'POST' ? parametersOfBody(await readBody(request)) : parametersOfUrl(search);
    const found = service.resolve(parameters);
    const resolved = found instanceof Promise ? await found : found;
    const options = { queriesOnly: method === 'GET' };
    if (streaming !== 'no') {
      const stream = await service.stream(resolved, actor, options);
      if (stream.subscription || streaming === 'only') return { stream, authorization: headers.authorization };
    }
    const response = await service.answer(resolved, actor, options, client);
    // A response with data is a success even where parts of it are missing (section 6.4.2).
    return jsonTextAnswer(200, response, undefined, type);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const always200 = error.kind === 'operation' && type === 'application/json' && streaming !== 'only';
    const status = always200 ? 200 : error.status;
    return refusalAnswer(error, status, type);
  }
}

/** A header that was sent more than once says everything that was sent. */
function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
