import type { GraphQLSchema } from 'graphql';
import type { ResponseError } from '../errors.js';
import type { Operation } from '../operation/operation.js';
import type { Variables } from '../planning/conditions.js';
import type { PlannedOperation } from '../planning/planned-operation.js';
import type { Authority } from '../policy/authority.js';
import type { Disclosure } from '../policy/disclosure.js';
import { guardErrors } from './guarded-errors.js';
import { IntrospectionCache, introspect } from './introspection.js';
import type { Data } from './merge.js';
import { compileProgram } from './program.js';
import { JsonBytes } from './json-bytes.js';
import { compileProjection, gaveUp, type Project } from './project.js';
import type { SendFetch, Step } from './run.js';
import type { Subtypes } from './subtypes.js';

/** Runs planned operations to the text of their answers, in UTF-8. */
export interface Execute {
  /**
   * @param authority on whose behalf; without one everything is shown
   * @throws Refusal where the answer would show more than one answer may, or what it shows cannot be put on record
   */
  (planned: PlannedOperation, variables: Variables, send: SendFetch, authority?: Authority): Promise<Buffer>;
  /** Compiles one ahead of its first run. */
  prepare(planned: PlannedOperation): void;
}

/**
 * Puts on record what an answer shows of anybody, before it leaves. Undefined where there is nothing to record; rejects
 * with a Refusal where it cannot be recorded.
 */
export type Keep = (operation: Operation, authority: Authority, disclosure: Disclosure) => Promise<void> | undefined;

interface Compiled {
  steps: readonly Step[];
  project: Project;
}

/** Makes the execution room for one supergraph: plans are compiled at their first use and kept as long as they are. */
export function executor(schema: GraphQLSchema, subtypes: Subtypes, keep?: Keep): Execute {
  const programs = new WeakMap<PlannedOperation, Compiled>();
  const programOf = (planned: PlannedOperation): Compiled => {
    let program = programs.get(planned);
    if (!program) programs.set(planned, (program = compile(planned, schema, subtypes)));
    return program;
  };
  const run = async (
    planned: PlannedOperation,
    variables: Variables,
    send: SendFetch,
    authority: Authority | undefined,
  ): Promise<Buffer> => {
    const disclosure = authority?.disclosure();
    const program = programOf(planned);
    const data: Data = {};
    const errors: ResponseError[] = [];
    const state = { data, errors, variables, shape: planned.shape, send };
    if (planned.introspection.length) Object.assign(data, introspect(planned, variables));
    for (const step of program.steps) await step(state);
    const projected = program.project(data, errors, bytes, dataStart, disclosure);
    if (!authority || !disclosure) return response(projected, errors);
    disclosure.enforceBulkLimit();
    const told = [...guardErrors(errors, planned.shape), ...disclosure.errors];
    const answer = response(projected, told, disclosure.extensions);
    await keep?.(planned.operation, authority, disclosure);
    return answer;
  };
  const aboutSchema = new IntrospectionCache();
  const execute = (
    planned: PlannedOperation,
    variables: Variables,
    send: SendFetch,
    authority?: Authority,
  ): Promise<Buffer> =>
    planned.introspection.length
      ? aboutSchema.answer(planned, variables, () => run(planned, variables, send, authority))
      : run(planned, variables, send, authority);
  return Object.assign(execute, { prepare: (planned: PlannedOperation) => void programOf(planned) });
}

/** One for all: a projection never waits for anything. */
const bytes = new JsonBytes();
const head = '{"data":';
const dataStart = head.length;

/**
 * The response around the data, which is written first: only then its errors are known, which stand before it.
 *
 * @param projected where the data ends that was written from `dataStart` on
 */
function response(projected: number, errors: readonly ResponseError[], extensions?: object): Buffer {
  bytes.raw(head, 0);
  const dataEnd = projected === gaveUp ? bytes.raw('null', dataStart) : projected;
  const end = bytes.raw(extensions ? `,"extensions":${JSON.stringify(extensions)}}` : '}', dataEnd);
  const whole = bytes.take(end);
  if (!errors.length) return whole;
  return Buffer.concat([Buffer.from(`{"errors":${JSON.stringify(errors)},`), whole.subarray(1)]);
}

function compile({ plans, shape, operation }: PlannedOperation, schema: GraphQLSchema, subtypes: Subtypes): Compiled {
  return {
    steps: plans.map((plan) => compileProgram(plan, subtypes)),
    project: compileProjection(shape, schema.getRootType(operation.type)!.name),
  };
}
