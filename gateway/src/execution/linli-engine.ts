import type { ResponseError } from '../errors.js';
import { Refusal, StartError } from '../errors.js';
import type { Operation } from '../operation/operation.js';
import { conditionVariables } from '../planning/conditions.js';
import { extremes, overrideChoice } from '../planning/override.js';
import type { PlannedOperation } from '../planning/planned-operation.js';
import { operationPlanner } from '../planning/planned-operation.js';
import type { Planner } from '../planning/planner.js';
import { nativePlanner } from '../planning/planner.js';
import type { Supergraph } from '../supergraph/load.js';
import { failureOf } from '../telemetry/failure.js';
import type { Engine } from './engine.js';
import { executor, type Keep } from './execute.js';
import type { FetchOptions } from './subgraph-fetch.js';
import { fetchFor } from './subgraph-fetch.js';
import { readSubtypes } from './subtypes.js';
import { subscriber } from '../subscription/subscribe.js';

/**
 * The compiled engine over one supergraph: plans once, compiles once, then runs.
 *
 * @param overrideLabels labels of progressive overrides that are on for everybody
 * @param keep puts on record what answers disclose; without it nothing does
 */
export function linliEngine(
  supergraph: Supergraph,
  options: FetchOptions,
  overrideLabels: readonly string[] = [],
  keep?: Keep,
): Engine {
  const { apiSchema, document, sdl } = supergraph;
  const planner = open(sdl);
  const plan = operationPlanner(planner, apiSchema);
  const overrideFor = overrideChoice(planner, overrideLabels);
  const unknown = overrideLabels.filter((label) => !planner.labels.includes(label));
  if (unknown.length) options.log('warn', 'the supergraph has no override of these labels', { labels: unknown });
  const execute = executor(apiSchema, readSubtypes(document), keep);
  const subscribe = subscriber(execute, options);
  const { log } = options;
  return {
    async execute(operation, variables, authority, signal) {
      let planned: PlannedOperation;
      try {
        planned = plan(operation, variables, overrideFor(authority.subject), authority.guard);
      } catch (error) {
        return Buffer.from(unplannable(operation, error));
      }
      try {
        return await execute(planned, variables, fetchFor(options, authority, operation.hash, signal), authority);
      } catch (error) {
        return Buffer.from(unfinished(operation, error));
      }
    },
    async *subscribe(operation, variables, authority, signal) {
      let planned: PlannedOperation;
      try {
        planned = plan(operation, variables, overrideFor(authority.subject), authority.guard);
      } catch (error) {
        yield unplannable(operation, error);
        return;
      }
      try {
        yield* subscribe(planned, variables, authority, signal);
      } catch (error) {
        yield unfinished(operation, error);
      }
    },
    prepare(operation) {
      const names = conditionVariables(operation.document);
      const conditions = [[], names, ...(names.length > 1 ? names.map((name) => [name]) : [])];
      for (const override of extremes(planner)) {
        for (const on of conditions) {
          const variables = Object.fromEntries(names.map((name) => [name, on.includes(name)]));
          execute.prepare(plan(operation, variables, override));
        }
      }
    },
  };

  function unplannable(operation: Operation, error: unknown): string {
    log('error', 'the operation could not be planned', { operation: operation.hash, ...failureOf(error) });
    return refusal(
      'UNPLANNABLE',
      'No combination of departments can answer this operation. Leave out what was added last, and tell the operator.',
    );
  }

  function unfinished(operation: Operation, error: unknown): string {
    // Only when it is written it is known what an answer would disclose.
    if (error instanceof Refusal) return JSON.stringify({ errors: error.errors, data: null });
    log('error', 'the operation could not be executed', { operation: operation.hash, ...failureOf(error) });
    return refusal(
      'INTERNAL_SERVER_ERROR',
      'The gateway could not finish the operation. Try again; if it stays so, tell the operator.',
    );
  }
}

function open(sdl: string): Planner {
  try {
    return nativePlanner(sdl);
  } catch (error) {
    const [line = ''] = String(error).split('\n');
    throw new StartError(`The supergraph is not valid: ${line}. Compose it anew.`);
  }
}

function refusal(code: string, message: string): string {
  const errors: ResponseError[] = [{ message, extensions: { code } }];
  return JSON.stringify({ errors, data: null });
}
