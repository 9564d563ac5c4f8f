import type {
  ConstDirectiveNode,
  DefinitionNode,
  DocumentNode,
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
} from 'graphql';
import { Kind, parse, print, visit } from 'graphql';
import { directiveArguments } from '../directive-arguments.js';
import { withCopies } from './copies.js';
import {
  asObject,
  graphOf,
  graphsOf,
  isExternal,
  isInterfaceObject,
  isJoinField,
  joinField,
} from './join-directives.js';

/** Leads from an entity known by its interface only to the same entity as an object of its own type. */
export const concreteField = '_concrete';

/** The object type that stands for an interface where a subgraph knows no more than the interface. */
export function objectName(interfaceName: string): string {
  return `_object_${interfaceName}`;
}

/** A supergraph without interface objects, and what stands in it for what. */
export interface PlainSupergraph {
  readonly sdl: string;
  /** Interfaces that are interface objects somewhere, by the names of the object types that stand for them. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** For each subgraph, by name: the interface under which it really knows an object type. */
  readonly known: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Subgraphs that stand in it several times: names of the copies, and whose they are. */
  readonly originals: ReadonlyMap<string, string>;
}

/**
 * Says what interface objects (Federation 2.3, `@interfaceObject`) mean without them: a subgraph that knows only the
 * interface is taken for one that knows each of its object types, and what such a subgraph returns is an object type of
 * its own, from which `_concrete` leads to the interface in subgraphs that know it truly. Undefined where there are none.
 */
export function withoutInterfaceObjects(composed: DocumentNode): PlainSupergraph | undefined {
  const { document: supergraph, place, originals } = withCopies(composed);
  const shared = new Map<string, SharedInterface>();
  for (const node of supergraph.definitions) {
    const read = node.kind === Kind.INTERFACE_TYPE_DEFINITION ? readInterface(node) : undefined;
    if (read) shared.set(read.node.name.value, read);
  }
  if (!shared.size) return undefined;
  const definitions = supergraph.definitions.flatMap((node): DefinitionNode[] => {
    if (node.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      const own = shared.get(node.name.value);
      if (own) return [trueInterface(own, shared), objectType(own, shared)];
      return [{ ...node, fields: explicitFields(node).map((field) => typed(field, shared)) }];
    }
    return node.kind === Kind.OBJECT_TYPE_DEFINITION ? [implementation(node, shared, place)] : [node];
  });
  return {
    sdl: print({ ...supergraph, definitions }),
    interfaces: new Map([...shared.keys()].map((name) => [objectName(name), name])),
    known: knownTypes(supergraph, shared, place),
    originals,
  };
}

/** An interface that some subgraphs know as an interface object. */
interface SharedInterface {
  readonly node: InterfaceTypeDefinitionNode;
  readonly fields: readonly FieldDefinitionNode[];
  /** Values of `join__Graph` of those subgraphs. */
  readonly graphs: ReadonlySet<string>;
}

function readInterface(node: InterfaceTypeDefinitionNode): SharedInterface | undefined {
  const graphs = (node.directives ?? []).filter(isInterfaceObject).map(graphOf);
  return graphs.length ? { node, fields: explicitFields(node), graphs: new Set(graphs) } : undefined;
}

/** The interface without the subgraphs that know no more of it. */
function trueInterface({ node, graphs }: SharedInterface, shared: ReadonlyMap<string, SharedInterface>) {
  const others = (each: ConstDirectiveNode) => !graphs.has(graphOf(each));
  const fields = explicitFields(node).flatMap((field) => {
    const directives = field.directives?.filter(others) ?? [];
    return directives.some(isJoinField) ? [typed({ ...field, directives }, shared)] : [];
  });
  return { ...node, directives: node.directives?.filter(others) ?? [], fields };
}

/** What an entity is to those who ask for it by its interface. */
function objectType(
  { node, fields, graphs }: SharedInterface,
  shared: ReadonlyMap<string, SharedInterface>,
): ObjectTypeDefinitionNode {
  const keyed = (node.directives ?? []).filter((each) => directiveArguments([each], 'join__type', 'key').length > 0);
  const keyedGraphs = new Set(keyed.map(graphOf));
  const known = fields.flatMap((field) => {
    const directives = field.directives?.filter((each) => !isJoinField(each) || keyedGraphs.has(graphOf(each))) ?? [];
    return directives.some(isJoinField) ? [typed({ ...field, directives }, shared)] : [];
  });
  const truly = [...keyedGraphs].filter((graph) => !graphs.has(graph)).map(joinField);
  const [concrete] = parse(`type T { ${concreteField}: ${node.name.value} ${truly.join(' ')} }`).definitions;
  return {
    kind: Kind.OBJECT_TYPE_DEFINITION,
    name: { kind: Kind.NAME, value: objectName(node.name.value) },
    directives: keyed.map(asObject),
    fields: [...known, ...((concrete as ObjectTypeDefinitionNode).fields ?? [])],
  };
}

/** Which of an object type's interfaces a subgraph, or a copy of one, is taken to know it by. */
function interfaceFor(
  { interfaces = [] }: ObjectTypeDefinitionNode,
  graph: string,
  shared: ReadonlyMap<string, SharedInterface>,
  place: (graph: string) => number,
): SharedInterface | undefined {
  return interfaces.flatMap(({ name }) => shared.get(name.value) ?? []).filter(({ graphs }) => graphs.has(graph))[
    place(graph)
  ];
}

/** An object type as all those know it who know one of its interfaces. */
function implementation(
  node: ObjectTypeDefinitionNode,
  shared: ReadonlyMap<string, SharedInterface>,
  place: (graph: string) => number,
) {
  const own = new Set(graphsOf(node));
  const above = (node.interfaces ?? []).flatMap(({ name }) => shared.get(name.value) ?? []);
  const gained = (each: SharedInterface, directive: ConstDirectiveNode): boolean => {
    const graph = graphOf(directive);
    return graph !== '' && !own.has(graph) && interfaceFor(node, graph, shared, place) === each;
  };
  const added = above.flatMap((each) =>
    (each.node.directives ?? []).filter((directive) => gained(each, directive)).map(asObject),
  );
  const fields = explicitFields(node).map((field) => {
    const inherited = above.flatMap((each) =>
      each.fields
        .filter(({ name }) => name.value === field.name.value)
        .flatMap(({ directives = [] }) => directives.filter((it) => isJoinField(it) && gained(each, it))),
    );
    return typed({ ...field, directives: [...(field.directives ?? []), ...inherited] }, shared);
  });
  return { ...node, directives: [...(node.directives ?? []), ...added], fields };
}

/** Fields that say of each subgraph that they are its: without a word they are everybody's who has the type. */
function explicitFields(node: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode): FieldDefinitionNode[] {
  const [implied] = parse(`type T { f: T ${graphsOf(node).map(joinField).join(' ')} }`, {
    noLocation: true,
  }).definitions;
  const everybody = (implied as ObjectTypeDefinitionNode).fields?.[0]?.directives ?? [];
  return (node.fields ?? []).map((field) => {
    const directives = field.directives ?? [];
    if (!directives.some(isJoinField)) return { ...field, directives: [...directives, ...everybody] };
    // One without a subgraph says that the field comes from an interface object.
    return { ...field, directives: directives.filter((each) => !isJoinField(each) || graphOf(each) !== '') };
  });
}

/** A field that returns an interface where one who answers it knows no more than that. */
function typed(field: FieldDefinitionNode, shared: ReadonlyMap<string, SharedInterface>): FieldDefinitionNode {
  const answering = (field.directives ?? []).filter((each) => isJoinField(each) && !isExternal(each)).map(graphOf);
  const isObject = (name: string) => answering.some((graph) => shared.get(name)?.graphs.has(graph));
  const type = visit(field.type, {
    NamedType: (node) =>
      isObject(node.name.value) ? { ...node, name: { ...node.name, value: objectName(node.name.value) } } : undefined,
  });
  const renamed = (text: string) => text.replace(/\w+/, (name) => (isObject(name) ? objectName(name) : name));
  const directives = field.directives?.map((directive) => ({
    ...directive,
    arguments: directive.arguments?.map((each) =>
      isJoinField(directive) && each.name.value === 'type' && each.value.kind === Kind.STRING
        ? { ...each, value: { ...each.value, value: renamed(each.value.value) } }
        : each,
    ),
  }));
  return { ...field, type, directives };
}

function knownTypes(
  { definitions }: DocumentNode,
  shared: ReadonlyMap<string, SharedInterface>,
  place: (graph: string) => number,
) {
  const known = new Map<string, Map<string, string>>();
  const graphs = definitions.find(
    (each) => each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) return known;
  for (const { name: value, directives } of graphs.values ?? []) {
    const types = new Map<string, string>();
    for (const node of definitions) {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION || graphsOf(node).includes(value.value)) continue;
      const above = interfaceFor(node, value.value, shared, place);
      if (above) types.set(node.name.value, above.node.name.value);
    }
    known.set(directiveArguments(directives, 'join__graph', 'name')[0] ?? '', types);
  }
  return known;
}
