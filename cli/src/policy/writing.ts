import { actionOn } from '@linli/gateway/policy/action';
import type { Action } from '@linli/gateway/policy/cedar/question';
import type { FieldClass } from '@linli/gateway/supergraph/classification';
import type { GraphQLArgument, GraphQLField } from 'graphql';
import { getNamedType, isInputObjectType } from 'graphql';
import type { Graph } from './ground.js';

/** What is done with a field by whoever selects it. */
export function actionOf({ supergraph }: Graph, { coordinate }: FieldClass): Action {
  return actionOn(coordinate.slice(0, coordinate.indexOf('.')), supergraph.apiSchema);
}

/** Coordinates of the fields that some mutation writes. */
export function writtenFields(graph: Graph): ReadonlySet<string> {
  const mutations = Object.values(graph.supergraph.apiSchema.getMutationType()?.getFields() ?? {});
  return new Set(mutations.flatMap((field) => field.args.flatMap((argument) => writtenBy(graph, field, argument))));
}

/** Coordinates that an argument of a mutation writes: its own, and those of the input objects that it takes. */
export function writtenBy(
  { supergraph: { apiSchema, classification } }: Graph,
  field: GraphQLField<unknown, unknown>,
  argument: GraphQLArgument,
): readonly string[] {
  const root = apiSchema.getMutationType()?.name ?? '';
  const found = new Set(classification.usesOf(root, field.name, argument.name));
  const seen = new Set<string>();
  const survey = (name: string): void => {
    const type = apiSchema.getType(name);
    if (!isInputObjectType(type) || seen.has(name)) return;
    seen.add(name);
    for (const inner of Object.values(type.getFields())) {
      for (const coordinate of classification.usesOfInput(name, inner.name)) found.add(coordinate);
      survey(getNamedType(inner.type).name);
    }
  };
  survey(getNamedType(argument.type).name);
  return [...found];
}
