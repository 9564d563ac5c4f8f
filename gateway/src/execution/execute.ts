import type { GraphQLSchema } from 'graphql';
import { Kind, executeSync } from 'graphql';
import type { ResponseError } from '../errors.js';
import type { Variables } from '../planning/conditions.js';
import type { PlannedOperation } from '../planning/planned-operation.js';
import type { Data } from './merge.js';
import { compileProgram } from './program.js';
import { compileProjection, type Project } from './project.js';
import type { SendFetch, Step } from './run.js';
import type { Subtypes } from './subtypes.js';

/** Runs planned operations to the text of their answers. */
export type Execute = (planned: PlannedOperation, variables: Variables, send: SendFetch) => Promise<string>;

interface Compiled {
  steps: readonly Step[];
  project: Project;
}

/** Makes the execution room for one supergraph: plans are compiled at their first use and kept as long as they are. */
export function executor(schema: GraphQLSchema, subtypes: Subtypes): Execute {
  const programs = new WeakMap<PlannedOperation, Compiled>();
  return async (planned, variables, send) => {
    let program = programs.get(planned);
    if (!program) programs.set(planned, (program = compile(planned, schema, subtypes)));
    const data: Data = {};
    const errors: ResponseError[] = [];
    const run = { data, errors, variables, shape: planned.shape, send };
    if (planned.introspection.length) introspect(planned, schema, variables, data);
    for (const step of program.steps) await step(run);
    const text = program.project(data, errors) ?? 'null';
    return errors.length ? `{"errors":${JSON.stringify(errors)},"data":${text}}` : `{"data":${text}}`;
  };
}

function compile({ plans, shape, operation }: PlannedOperation, schema: GraphQLSchema, subtypes: Subtypes): Compiled {
  return {
    steps: plans.map((plan) => compileProgram(plan, subtypes)),
    project: compileProjection(shape, schema.getRootType(operation.type)!.name),
  };
}

/** What the schema says of itself, answered by graphql-js on its own part of the operation. */
function introspect(
  { operation, introspection }: PlannedOperation,
  schema: GraphQLSchema,
  variables: Variables,
  data: Data,
): void {
  const { definition, document } = operation;
  const part = { ...definition, selectionSet: { kind: Kind.SELECTION_SET, selections: introspection } } as const;
  const definitions = [part, ...document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)];
  const { data: answer } = executeSync({
    schema,
    document: { kind: Kind.DOCUMENT, definitions },
    variableValues: variables,
  });
  for (const { alias, name } of introspection) {
    const key = (alias ?? name).value;
    data[`${name.value}:${key}`] = answer?.[key];
  }
}
