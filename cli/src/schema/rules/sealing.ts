import type { FieldShape } from '@linli/gateway/supergraph/classification/shape';
import { readStatement } from '@linli/gateway/supergraph/classification/statements';
import { Kind } from 'graphql';
import type { Graph } from '../graph.js';
import { problemAt } from '../graph.js';
import type { Problem } from '../problem.js';

/** What is sealed does not exist for most: a field of it, and a field that leads to it, must be able to say null. */
export function checkSealing(graph: Graph): Problem[] {
  const { shape } = graph;
  const names = shape.names.directive('classified', 'classified');
  const isSealed = (type: string) => readStatement(shape.directivesOf(type), names)?.sealed === true;
  return [...shape.types.values()].flatMap((type) =>
    [...type.fields.values()]
      .filter(
        (field) =>
          (field.type.kind === Kind.NON_NULL_TYPE && readStatement(field.directives, names)?.sealed === true) ||
          (isReference(field) && isSealed(field.returns)),
      )
      .map((field) => {
        const coordinate = `${type.name}.${field.name}`;
        const what = isSealed(field.returns) ? `leads to ${field.returns}, which is sealed,` : 'is sealed';
        return problemAt(
          graph,
          'SEALED_NOT_NULLABLE',
          coordinate,
          `${coordinate} ${what} and cannot be null: drop its "!", so that nothing tells it from what does not exist.`,
        );
      }),
  );
}

/** Promises a single object. A list can leave a row out; a reference that cannot be null cannot. */
export function isReference({ type }: FieldShape): boolean {
  return type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.NAMED_TYPE;
}
