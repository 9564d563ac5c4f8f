import { coordinatesOf } from '@linli/gateway/supergraph/classification/requirements';
import { parseFieldSet } from '@linli/gateway/supergraph/classification/shape';
import { argumentOf } from '@linli/gateway/supergraph/linked-names';
import { Kind } from 'graphql';
import type { Graph } from '../graph.js';
import { problemAt } from '../graph.js';
import type { Problem } from '../problem.js';

/** Keys travel in plans and between departments, where nobody decides about them: none is sensitive by itself. */
export function checkSensitiveKeys(graph: Graph): Problem[] {
  const { shape, classification } = graph;
  const joinType = shape.names.directive('type', 'join');
  return [...shape.types.values()].flatMap((type) => {
    const keys = type.directives
      .filter(({ name }) => joinType.has(name.value))
      .map((directive) => argumentOf(directive, 'key'))
      .flatMap((key) => (key?.kind === Kind.STRING ? coordinatesOf(shape, type.name, parseFieldSet(key.value)) : []));
    return [...new Set(keys)].flatMap((coordinate) => {
      const [owner = '', name = ''] = coordinate.split('.');
      const { level, mask } = classification.of(owner, name);
      if (level !== 'L4' && mask !== 'ID_NUMBER') return [];
      const why = level === 'L4' ? 'is L4' : 'is masked as an ID number';
      return [
        problemAt(
          graph,
          'KEY_IS_SENSITIVE',
          type.name,
          `${type.name} has a @key with ${coordinate}, which ${why}: use an opaque id of its own, at L3 or below.`,
        ),
      ];
    });
  });
}
