import type { FieldClass } from '@linli/gateway/supergraph/classification';
import { levels, sharingClasses } from '@linli/gateway/supergraph/classification';
import { coordinatesOf } from '@linli/gateway/supergraph/classification/requirements';
import { parseFieldSet } from '@linli/gateway/supergraph/classification/shape';
import { argumentOf } from '@linli/gateway/supergraph/linked-names';
import { Kind } from 'graphql';
import type { Graph } from '../graph.js';
import { problemAt } from '../graph.js';
import type { Problem } from '../problem.js';

/**
 * What is computed of something is as strict as that (就高从严): a field with `@requires` or `@fromContext` tells of what
 * it reads, and one with `@provides` brings along what it provides.
 */
export function checkReads(graph: Graph): Problem[] {
  const { classification } = graph;
  return classification.fields.flatMap((field) => {
    const read = new Map(field.requires.map((coordinate) => [coordinate, 'reads']));
    for (const coordinate of providedBy(graph, field)) read.set(coordinate, 'provides');
    return [...read].flatMap(([coordinate, verb]) => {
      const [type = '', name = ''] = coordinate.split('.');
      const fault = stricterIn(classification.of(type, name), field);
      if (fault === undefined) return [];
      return [
        problemAt(
          graph,
          'READS_STRICTER',
          field.coordinate,
          `${field.coordinate} ${verb} ${coordinate}, which is ${fault}: classify ${field.coordinate} at least as strictly.`,
        ),
      ];
    });
  });
}

function providedBy({ shape }: Graph, { coordinate }: FieldClass): string[] {
  const [type = '', name = ''] = coordinate.split('.');
  const field = shape.types.get(type)?.fields.get(name);
  const joinField = shape.names.directive('field', 'join');
  return (field?.directives ?? [])
    .filter((directive) => joinField.has(directive.name.value))
    .map((directive) => argumentOf(directive, 'provides'))
    .flatMap((provides) =>
      provides?.kind === Kind.STRING ? coordinatesOf(shape, field!.returns, parseFieldSet(provides.value)) : [],
    );
}

/** In what one field is stricter than another, in words; undefined if it is not. */
function stricterIn(one: FieldClass, other: FieldClass): string | undefined {
  if (levels.indexOf(one.level) > levels.indexOf(other.level)) return `${one.level}, not ${other.level}`;
  if (sharingClasses.indexOf(one.sharing) > sharingClasses.indexOf(other.sharing)) {
    return `shared as ${one.sharing}, not ${other.sharing}`;
  }
  return one.sealed && !other.sealed ? 'sealed' : undefined;
}
