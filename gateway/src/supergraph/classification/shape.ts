import type { ConstDirectiveNode, DocumentNode, InputValueDefinitionNode, SelectionSetNode, TypeNode } from 'graphql';
import { Kind, isTypeDefinitionNode, parse } from 'graphql';
import { LinkedNames, argumentOf } from '../linked-names.js';

export interface FieldShape {
  readonly name: string;
  readonly type: TypeNode;
  /** The type that it returns, without lists and non-nulls. */
  readonly returns: string;
  readonly directives: readonly ConstDirectiveNode[];
  readonly arguments: readonly InputValueDefinitionNode[];
}

/** An object or interface type. */
export interface TypeShape {
  readonly name: string;
  readonly isInterface: boolean;
  readonly interfaces: readonly string[];
  readonly directives: readonly ConstDirectiveNode[];
  readonly fields: ReadonlyMap<string, FieldShape>;
  /** Subgraphs that know the type. */
  readonly departments: readonly string[];
}

/** A supergraph as far as the protection of its fields depends on it. */
export interface Shape {
  readonly names: LinkedNames;
  readonly types: ReadonlyMap<string, TypeShape>;
  readonly inputs: ReadonlyMap<string, readonly InputValueDefinitionNode[]>;
  readonly unions: ReadonlyMap<string, readonly string[]>;
  /** Directives on any type of a name, of whatever kind. */
  directivesOf(type: string): readonly ConstDirectiveNode[];
  /** The subgraph that a value of the enum of graphs stands for. */
  departmentOf(graph: string): string;
}

export function readShape(supergraph: DocumentNode): Shape {
  const names = new LinkedNames(supergraph);
  const graphs = readGraphs(supergraph, names);
  const departmentOf = (graph: string) => graphs.get(graph) ?? graph;
  const joinType = names.directive('type', 'join');
  const types = new Map<string, TypeShape>();
  const inputs = new Map<string, readonly InputValueDefinitionNode[]>();
  const unions = new Map<string, readonly string[]>();
  const directives = new Map<string, readonly ConstDirectiveNode[]>();
  for (const definition of supergraph.definitions) {
    if (isTypeDefinitionNode(definition)) directives.set(definition.name.value, definition.directives ?? []);
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      inputs.set(definition.name.value, definition.fields ?? []);
    } else if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      unions.set(
        definition.name.value,
        (definition.types ?? []).map(({ name }) => name.value),
      );
    } else if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      const fields = (definition.fields ?? []).map((field): FieldShape => ({
        name: field.name.value,
        type: field.type,
        returns: namedType(field.type),
        directives: field.directives ?? [],
        arguments: field.arguments ?? [],
      }));
      types.set(definition.name.value, {
        name: definition.name.value,
        isInterface: definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
        interfaces: (definition.interfaces ?? []).map(({ name }) => name.value),
        directives: definition.directives ?? [],
        fields: new Map(fields.map((field) => [field.name, field])),
        departments: unique(
          (definition.directives ?? [])
            .filter(({ name }) => joinType.has(name.value))
            .flatMap((directive) => graphOf(directive) ?? [])
            .map(departmentOf),
        ),
      });
    }
  }
  return { names, types, inputs, unions, departmentOf, directivesOf: (type) => directives.get(type) ?? [] };
}

/** The value of the enum of graphs that a `@join__…` directive names. */
export function graphOf(directive: ConstDirectiveNode): string | undefined {
  const graph = argumentOf(directive, 'graph');
  return graph?.kind === Kind.ENUM ? graph.value : undefined;
}

/** A field set (`id owner { id }`), with or without braces of its own, as a selection set. */
export function parseFieldSet(text: string): SelectionSetNode {
  const [operation] = parse(text.trimStart().startsWith('{') ? text : `{ ${text} }`, { noLocation: true }).definitions;
  return (operation as { selectionSet: SelectionSetNode }).selectionSet;
}

export function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

function readGraphs(supergraph: DocumentNode, names: LinkedNames): Map<string, string> {
  const joinGraph = names.directive('graph', 'join');
  const graphs = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    for (const { name, directives = [] } of definition.values ?? []) {
      const graph = directives.find((directive) => joinGraph.has(directive.name.value));
      const value = graph && argumentOf(graph, 'name');
      if (value?.kind === Kind.STRING) graphs.set(name.value, value.value);
    }
  }
  return graphs;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
