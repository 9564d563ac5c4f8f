import type { ResponseError } from '../errors.js';
import type { Variables } from '../planning/conditions.js';
import type { Shape } from '../planning/shape.js';
import type { Data } from './merge.js';

/** What one subgraph answered. */
export interface FetchAnswer {
  data: Data | null;
  errors?: readonly ResponseError[];
}

/** How many entities a fetch asks for under one alias of `_entities`. */
export interface ExpectedEntities {
  alias: string;
  count: number;
}

/** Sends a body to a subgraph for whoever asks. Rejects with a SubgraphFault. */
export type SendFetch = (
  service: string,
  body: string,
  entities: readonly ExpectedEntities[] | undefined,
  mutation: boolean,
) => Promise<FetchAnswer>;

/** Whoever waits for an answer, as far as it matters while it is made. An AbortSignal is one. */
export interface Waiting {
  /** True once nobody waits any more. */
  readonly aborted: boolean;
}

/** One request on its way through a program. */
export interface Run {
  readonly data: Data;
  readonly errors: ResponseError[];
  readonly variables: Variables;
  readonly shape: Shape;
  readonly send: SendFetch;
}

/** One step of a program: adds to the data and errors of a run. Never rejects but for a fault of the gateway itself. */
export type Step = (run: Run) => Promise<void>;
