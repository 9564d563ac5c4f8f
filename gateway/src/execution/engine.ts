import type { Operation } from '../operation/operation.js';
import type { Variables } from '../planning/conditions.js';
import type { Authority } from '../policy/authority.js';
import type { Waiting } from './run.js';

/** Answers operations out of the departments' subgraphs. */
export interface Engine {
  /**
   * Answers a valid operation with a GraphQL response as JSON text in UTF-8. Faults of subgraphs become errors of the
   * response, never a rejection; an answer that would disclose too much at once is an error without data.
   *
   * @param variables coerced by the operation's declarations
   * @param waiting who waits for the answer
   */
  execute(operation: Operation, variables: Variables, authority: Authority, waiting: Waiting): Promise<Buffer>;

  /**
   * Runs a valid subscription: a GraphQL response as JSON text for each event. A stream that is lost ends with a
   * response that says so; aborting `signal` ends it at once, at the department too.
   */
  subscribe(
    operation: Operation,
    variables: Variables,
    authority: Authority,
    signal: AbortSignal,
  ): AsyncIterable<string>;

  /**
   * Plans and compiles a valid operation ahead of the first request for it, with its conditions and progressive
   * overrides all off, all on, and each condition on alone.
   *
   * @throws Error where no combination of subgraphs answers it
   */
  prepare(operation: Operation): void;
}
