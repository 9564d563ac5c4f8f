import type { FieldShape } from '@linli/gateway/supergraph/classification/shape';
import type { InputValueDefinitionNode, TypeNode } from 'graphql';
import { Kind } from 'graphql';
import type { Graph } from '../graph.js';
import { problemAt } from '../graph.js';
import type { Problem } from '../problem.js';

/** Arguments that say which page, which place or which one, and nothing about what is in a row. */
const plain = new Set(['first', 'after', 'limit', 'place', 'near', 'id', 'code', 'no']);

/**
 * Whoever filters learns what is filtered by. An argument that chooses among rows says by which fields it does, so that
 * only those who may read these can use it.
 */
export function checkUses(graph: Graph): Problem[] {
  return [...missing(graph), ...unknown(graph)];
}

function missing(graph: Graph): Problem[] {
  const { shape, classification } = graph;
  return [...shape.types.values()]
    .filter(({ name }) => name !== 'Mutation')
    .flatMap((type) =>
      [...type.fields.values()].flatMap((field) => {
        const rows = rowsOf(graph, field);
        if (rows === undefined) return [];
        return field.arguments
          .filter(({ name }) => !plain.has(name.value))
          .filter((argument) => classification.usesOf(type.name, field.name, argument.name.value).length === 0)
          .flatMap((argument) => unsaid(graph, `${type.name}.${field.name}(${argument.name.value}:)`, argument))
          .map((coordinate) =>
            problemAt(
              graph,
              'USE_MISSING',
              coordinate,
              `${coordinate} chooses among rows of ${rows} and does not say by what: give it ` +
                `@uses(fields: ["${rows}.…"]), so that only who may read that field can ask by it.`,
            ),
          );
      }),
    );
}

/** The scoped type whose rows a field leads to, directly or through a connection. */
function rowsOf({ shape, classification }: Graph, field: FieldShape): string | undefined {
  const connected = shape.types.get(field.returns)?.fields;
  const edge = connected?.get('edges')?.returns ?? '';
  const candidates = [
    field.returns,
    connected?.get('nodes')?.returns,
    shape.types.get(edge)?.fields.get('node')?.returns,
  ];
  return candidates.find((type) => type !== undefined && classification.factsOf(type) !== undefined);
}

/** The argument itself, or the fields of the input object that it takes, as far as they say nothing. */
function unsaid(graph: Graph, coordinate: string, { type }: InputValueDefinitionNode, seen: string[] = []): string[] {
  const input = namedType(type);
  const fields = graph.shape.inputs.get(input);
  if (!fields) return [coordinate];
  if (seen.includes(input)) return [];
  return fields
    .filter(({ name }) => graph.classification.usesOfInput(input, name.value).length === 0)
    .flatMap((field) => unsaid(graph, `${input}.${field.name.value}`, field, [...seen, input]));
}

function unknown(graph: Graph): Problem[] {
  const { shape, classification } = graph;
  const named = [...shape.types.values()].flatMap((type) =>
    [...type.fields.values()].flatMap((field) =>
      field.arguments.map(({ name }) => ({
        coordinate: `${type.name}.${field.name}(${name.value}:)`,
        uses: classification.usesOf(type.name, field.name, name.value),
      })),
    ),
  );
  const ofInputs = [...shape.inputs].flatMap(([input, fields]) =>
    fields.map(({ name }) => ({
      coordinate: `${input}.${name.value}`,
      uses: classification.usesOfInput(input, name.value),
    })),
  );
  return [...named, ...ofInputs].flatMap(({ coordinate, uses }) =>
    uses
      .filter((use) => !exists(graph, use))
      .map((use) =>
        problemAt(
          graph,
          'USE_UNKNOWN',
          coordinate,
          `${coordinate} says that it uses ${use}, which does not exist: name a field as Type.field.`,
        ),
      ),
  );
}

function exists({ shape, everybody }: Graph, coordinate: string): boolean {
  const [type = '', field = ''] = coordinate.split('.');
  if (shape.types.get(type)?.fields.has(field)) return true;
  return everybody.some(({ document }) =>
    document.definitions.some(
      (definition) =>
        'fields' in definition &&
        definition.name.value === type &&
        definition.fields?.some(({ name }) => name.value === field),
    ),
  );
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
