import type { GraphQLSchema } from 'graphql';
import type { Subject } from '@linli/schema/subject';
import type { ResponseError } from '../errors.js';
import type { Operation } from '../operation/operation.js';

/** The answer to an operation (GraphQL specification, section 7.1). */
export interface ExecutionResponse {
  errors?: readonly ResponseError[];
  data?: Readonly<Record<string, unknown>> | null;
  extensions?: Readonly<Record<string, unknown>>;
}

/** Answers operations out of the departments' subgraphs. */
export interface Engine {
  /** What clients see of the graph; operations are valid against it. */
  readonly apiSchema: GraphQLSchema;
  /**
   * Answers a valid operation. Faults of subgraphs become errors of the response, never a rejection.
   *
   * @param variables coerced by the operation's declarations
   * @param signal aborted when nobody waits for the answer any more
   */
  execute(
    operation: Operation,
    variables: Readonly<Record<string, unknown>>,
    subject: Subject,
    signal: AbortSignal,
  ): Promise<ExecutionResponse>;
  close(): Promise<void>;
}
