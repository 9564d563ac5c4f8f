import type { ConstDirectiveNode, DocumentNode, EnumValueDefinitionNode } from 'graphql';
import { Kind, visit } from 'graphql';
import { directiveArguments } from '../directive-arguments.js';
import { graphOf, graphsOf, isInterfaceObject } from './join-directives.js';

/** A supergraph in which some subgraphs stand several times. */
export interface CopiedSupergraph {
  readonly document: DocumentNode;
  /** Which of its subgraph's copies a value of `join__Graph` is; 0 for the subgraph itself. */
  readonly place: (graph: string) => number;
  /** Names of copies, and whose they are. */
  readonly originals: ReadonlyMap<string, string>;
}

/**
 * Copies each subgraph that knows several interfaces of one object type as interface objects: to it these are several
 * types with keys of their own, and each copy can be taken for one that knows the object type as one of them.
 */
export function withCopies(supergraph: DocumentNode): CopiedSupergraph {
  const wanted = copiesWanted(supergraph);
  const places = new Map<string, number>();
  const originals = new Map<string, string>();
  const place = (graph: string) => places.get(graph) ?? 0;
  if (!wanted.size) return { document: supergraph, place, originals };
  const rootNames = rootTypes(supergraph);
  const copyNames = (graph: string) =>
    Array.from({ length: wanted.get(graph) ?? 0 }, (_, i) => `${graph}_COPY_${i + 1}`);
  for (const graph of wanted.keys()) copyNames(graph).forEach((name, i) => places.set(name, i + 1));
  const copiesOfValue = (value: EnumValueDefinitionNode): EnumValueDefinitionNode[] => {
    const [name = ''] = directiveArguments(value.directives, 'join__graph', 'name');
    return copyNames(value.name.value).map((copy) => {
      originals.set(`${name} ${copy}`, name);
      const directives = value.directives?.map((each) => withArgument(each, 'name', `${name} ${copy}`)) ?? [];
      return { ...value, name: { kind: Kind.NAME, value: copy }, directives };
    });
  };
  const document: DocumentNode = visit(supergraph, {
    enter(node) {
      // Root fields of a copy would be asked twice.
      if (node.kind === Kind.OBJECT_TYPE_DEFINITION && rootNames.has(node.name.value)) return false;
      if (node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph') {
        return { ...node, values: node.values?.flatMap((value) => [value, ...copiesOfValue(value)]) };
      }
      if (!('directives' in node) || !node.directives?.length) return undefined;
      const all = (node.directives as readonly ConstDirectiveNode[]).flatMap((each) => [
        each,
        ...copyNames(graphOf(each)).map((copy) => withArgument(each, 'graph', copy)),
      ]);
      return all.length > node.directives.length ? { ...node, directives: all } : undefined;
    },
  });
  return { document, place, originals };
}

/** How many copies of which subgraph, by the value of `join__Graph`. */
function copiesWanted({ definitions }: DocumentNode): Map<string, number> {
  const graphsOfInterface = new Map<string, string[]>();
  for (const node of definitions) {
    if (node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    graphsOfInterface.set(node.name.value, [
      ...new Set((node.directives ?? []).filter(isInterfaceObject).map(graphOf)),
    ]);
  }
  const wanted = new Map<string, number>();
  for (const node of definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const count = new Map<string, number>();
    for (const graph of (node.interfaces ?? []).flatMap(({ name }) => graphsOfInterface.get(name.value) ?? [])) {
      if (!graphsOf(node).includes(graph)) count.set(graph, (count.get(graph) ?? 0) + 1);
    }
    for (const [graph, times] of count) {
      if (times > 1) wanted.set(graph, Math.max(wanted.get(graph) ?? 0, times - 1));
    }
  }
  return wanted;
}

function rootTypes({ definitions }: DocumentNode): Set<string> {
  const schema = definitions.find((each) => each.kind === Kind.SCHEMA_DEFINITION);
  return new Set(schema?.operationTypes.map(({ type }) => type.name.value) ?? ['Query', 'Mutation', 'Subscription']);
}

/** The same directive with another text for one of its arguments. */
function withArgument(directive: ConstDirectiveNode, name: string, text: string): ConstDirectiveNode {
  const args = directive.arguments?.map((each) =>
    each.name.value === name && (each.value.kind === Kind.STRING || each.value.kind === Kind.ENUM)
      ? { ...each, value: { ...each.value, value: text } }
      : each,
  );
  return { ...directive, arguments: args ?? [] };
}
