import { LinkedNames, argumentOf } from '@linli/gateway/supergraph/linked-names';
import { parseFieldSet } from '@linli/gateway/supergraph/classification/shape';
import { GraphQLError, Kind } from 'graphql';
import type { SelectionSetNode } from 'graphql';
import type { Graph } from '../graph.js';
import { problemAt } from '../graph.js';
import type { Problem } from '../problem.js';
import { isOutputType } from './coordinates.js';

/** An entity with anything to protect says whose its rows are, by paths that lead to plain values. */
export function checkFacts(graph: Graph): Problem[] {
  return [...missing(graph), ...wrong(graph)];
}

function missing(graph: Graph): Problem[] {
  const { shape, classification, everybody } = graph;
  const joinType = shape.names.directive('type', 'join');
  const scopedByAnyone = new Set(
    everybody.flatMap(({ document }) => {
      const scoped = new LinkedNames(document).directive('scoped', 'classified');
      return document.definitions
        .filter(isOutputType)
        .filter(({ directives = [] }) => directives.some(({ name }) => scoped.has(name.value)))
        .map(({ name }) => name.value);
    }),
  );
  return [...shape.types.values()]
    .filter(({ directives }) =>
      directives.some((each) => joinType.has(each.name.value) && argumentOf(each, 'key') !== undefined),
    )
    .filter(({ name }) => !classification.factsOf(name) && !scopedByAnyone.has(name))
    .flatMap((type) => {
      const above = [...type.fields.keys()].find((field) => classification.levelOf(type.name, field) !== 'L1');
      if (above === undefined) return [];
      return [
        problemAt(
          graph,
          'SCOPE_MISSING',
          type.name,
          `${type.name} is an entity with fields above L1 (${above} is ${classification.levelOf(type.name, above)}) and ` +
            'does not say whose its rows are: give it @scoped(subject:, community:, assigned:, minor:), as far as it knows.',
        ),
      ];
    });
}

function wrong(graph: Graph): Problem[] {
  const { shape } = graph;
  const scoped = shape.names.directive('scoped', 'classified');
  return [...shape.types.values()].flatMap((type) =>
    type.directives
      .filter(({ name }) => scoped.has(name.value))
      .flatMap(({ arguments: given = [] }) => given)
      .flatMap(({ name, value }) => {
        const fault = value.kind === Kind.STRING ? faultOf(graph, type.name, value.value) : undefined;
        if (fault === undefined) return [];
        return [
          problemAt(
            graph,
            'SCOPE_PATH_WRONG',
            type.name,
            `${type.name} says @scoped(${name.value}:) by a path that ${fault}. A path selects fields without arguments ` +
              'and ends in a scalar or a list of scalars.',
          ),
        ];
      }),
  );
}

function faultOf(graph: Graph, type: string, fieldSet: string): string | undefined {
  try {
    return faultIn(graph, type, parseFieldSet(fieldSet));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return `is no selection ("${fieldSet}")`;
  }
}

function faultIn(graph: Graph, type: string, { selections }: SelectionSetNode): string | undefined {
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) return 'has a fragment';
    const { types, unions } = graph.shape;
    const coordinate = `${type}.${selection.name.value}`;
    const field = types.get(type)?.fields.get(selection.name.value);
    if (!field) return `names ${coordinate}, which does not exist`;
    if (field.arguments.length > 0 || selection.arguments?.length) return `names ${coordinate}, which takes arguments`;
    const isLeaf = !types.has(field.returns) && !unions.has(field.returns);
    if (isLeaf && selection.selectionSet) return `goes on below ${coordinate}, which has no fields`;
    if (!isLeaf && !selection.selectionSet) return `ends in ${coordinate}, which is an object`;
    const below = selection.selectionSet && faultIn(graph, field.returns, selection.selectionSet);
    if (below !== undefined) return below;
  }
  return undefined;
}
