import type { Waiting } from '../execution/run.js';
import type { GraphQLRequest, RequestParameters } from '../operation/request.js';
import type { Actor } from '../policy/actor.js';

/** What `/graphql` needs of the rooms behind it. */
export interface GraphQLService {
  /**
   * Says who asks, and what for, by an Authorization header and those that declare something.
   *
   * @param header gives a header by its name in lower case
   */
  authenticate(authorization: string | undefined, header: (name: string) => string | undefined): Promise<Actor>;
  /** Finds the document of a request; throws, or rejects with, a Refusal where there is none or it is not allowed. */
  resolve(parameters: RequestParameters): GraphQLRequest | Promise<GraphQLRequest>;
  /** Answers a request with JSON text in UTF-8; throws a Refusal before anything is fetched. `queriesOnly`: a GET must change nothing. */
  answer(request: GraphQLRequest, actor: Actor, options: { queriesOnly: boolean }, waiting: Waiting): Promise<Buffer>;
  /** The same for any operation, as a stream; rejects with a Refusal before anything is fetched. */
  stream(request: GraphQLRequest, actor: Actor, options: { queriesOnly: boolean }): Promise<ResponseStream>;
}

/** An admitted operation whose answers are still to come. */
export interface ResponseStream {
  /** False for a query or a mutation, which has one answer. */
  readonly subscription: boolean;
  /** JSON texts of responses, until the last one or until `signal` aborts. */
  start(signal: AbortSignal): AsyncIterable<string>;
}
