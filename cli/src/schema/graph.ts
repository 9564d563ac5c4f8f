import type { Classification } from '@linli/gateway/supergraph/classification';
import { classificationOf } from '@linli/gateway/supergraph/classification/read';
import type { Shape } from '@linli/gateway/supergraph/classification/shape';
import { readShape } from '@linli/gateway/supergraph/classification/shape';
import { isTypeDefinitionNode, isTypeExtensionNode } from 'graphql';
import type { ASTNode, DocumentNode } from 'graphql';
import type { Contract } from './contracts.js';
import type { Problem } from './problem.js';
import { placeOf } from './problem.js';

/** A composed graph, and the contracts that it was composed of. */
export interface Graph {
  readonly contracts: readonly Contract[];
  /** Where only a part of the graph is composed, everybody's contracts: what an owner says elsewhere counts. */
  readonly everybody: readonly Contract[];
  readonly shape: Shape;
  readonly classification: Classification;
}

export function readGraph(
  supergraph: DocumentNode,
  contracts: readonly Contract[],
  everybody: readonly Contract[] = contracts,
): Graph {
  const shape = readShape(supergraph);
  return { contracts, everybody, shape, classification: classificationOf(shape) };
}

/** A problem with a type, or with a field or argument of it, at every place where a contract defines that. */
export function problemAt({ contracts }: Graph, code: string, coordinate: string, message: string): Problem {
  const found = contracts.flatMap(({ department, document }) =>
    document.definitions.flatMap((definition) =>
      nodesOf(definition, coordinate).map((node) => ({ department, place: placeOf(node) })),
    ),
  );
  return {
    code,
    message,
    departments: [...new Set(found.map(({ department }) => department))],
    places: found.flatMap(({ place }) => place ?? []),
  };
}

/** `Type`, `Type.field` or `Type.field(argument:)` within one definition. */
function nodesOf(definition: ASTNode, coordinate: string): ASTNode[] {
  const [, type, field, argument] = /^(\w+)(?:\.(\w+))?(?:\((\w+):\))?$/.exec(coordinate) ?? [];
  if (!isTypeDefinitionNode(definition) && !isTypeExtensionNode(definition)) return [];
  if (definition.name.value !== type) return [];
  if (field === undefined) return [definition];
  const fields = ('fields' in definition ? (definition.fields ?? []) : []).filter(({ name }) => name.value === field);
  if (argument === undefined) return fields;
  return fields
    .flatMap((each) => ('arguments' in each ? (each.arguments ?? []) : []))
    .filter(({ name }) => name.value === argument);
}
