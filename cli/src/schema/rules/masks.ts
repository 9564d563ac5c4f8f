import type { Graph } from '../graph.js';
import { problemAt } from '../graph.js';
import type { Problem } from '../problem.js';

/**
 * Every value that is somebody's says how it is masked; objects are masked by the fields below them. What clients never
 * see is never shown masked either.
 */
export function checkMasks(graph: Graph): Problem[] {
  const { shape, classification } = graph;
  const hidden = shape.names.directive('inaccessible', 'inaccessible', 'federation');
  return classification.fields
    .filter(({ level, mask }) => (level === 'L3' || level === 'L4') && mask === undefined)
    .filter(({ coordinate }) => {
      const [type = '', name = ''] = coordinate.split('.');
      const field = shape.types.get(type)?.fields.get(name);
      if (!field || shape.types.has(field.returns) || shape.unions.has(field.returns)) return false;
      return ![...field.directives, ...shape.directivesOf(type)].some((directive) => hidden.has(directive.name.value));
    })
    .map(({ coordinate, level }) =>
      problemAt(
        graph,
        'MASK_MISSING',
        coordinate,
        `${coordinate} is ${level} and does not say how it is masked: give @classified a mask, KEEP where the value tells ` +
          'nothing about who it is, WITHHOLD where nothing of it may be shown.',
      ),
    );
}
