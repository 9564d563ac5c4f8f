import type { Subject } from '@linli/schema/subject';
import type { Authenticate } from '../authentication/authenticate.js';
import type { GraphQLRequest, RequestParameters } from '../operation/request.js';

/** What `/graphql` needs of the rooms behind it. */
export interface GraphQLService {
  authenticate: Authenticate;
  /** Finds the document of a request; throws, or rejects with, a Refusal where there is none or it is not allowed. */
  resolve(parameters: RequestParameters): GraphQLRequest | Promise<GraphQLRequest>;
  /** Answers a request with JSON text in UTF-8; throws a Refusal before anything is fetched. `queriesOnly`: a GET must change nothing. */
  answer(
    request: GraphQLRequest,
    subject: Subject,
    options: { queriesOnly: boolean },
    signal: AbortSignal,
  ): Promise<Buffer>;
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
