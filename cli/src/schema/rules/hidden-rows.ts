import type { Graph } from '../graph.js';
import { problemAt } from '../graph.js';
import type { Problem } from '../problem.js';
import { isReference } from './sealing.js';

/**
 * A department answers with the rows that its caller may see. Where a whole row may be out of sight, since nothing of it
 * is public, a single reference to it must be nullable: otherwise the one who may see only this side of it gets nothing.
 */
export function checkHiddenRows(graph: Graph): Problem[] {
  const { shape, classification } = graph;
  const mayHide = (type: string) =>
    classification.factsOf(type) !== undefined &&
    [...(shape.types.get(type)?.fields.keys() ?? [])].every((field) => classification.levelOf(type, field) !== 'L1');
  return (
    [...shape.types.values()]
      // An edge is there because its node is in the list.
      .filter(({ fields }) => !fields.has('cursor'))
      .flatMap((type) =>
        [...type.fields.values()]
          .filter((field) => isReference(field) && mayHide(field.returns))
          .map(({ name, returns }) =>
            problemAt(
              graph,
              'HIDDEN_NOT_NULLABLE',
              `${type.name}.${name}`,
              `${type.name}.${name} must be nullable: whoever may see this ${type.name} need not see its ${returns}.`,
            ),
          ),
      )
  );
}
