import type {
  ConstDirectiveNode,
  DefinitionNode,
  DocumentNode,
  FieldDefinitionNode,
  ObjectTypeDefinitionNode,
} from 'graphql';
import { Kind, parse, print, visit } from 'graphql';
import { directiveArguments } from './directive-arguments.js';

/** The name of a subgraph that does not exist: it knows every entity by its key and nothing else. */
export const anchorGraph = 'anchors';

const graphValue = 'ANCHORS_';

/** A supergraph in which a plan can begin at an entity that is there already. */
export interface Anchors {
  readonly sdl: string;
  /** The key of each entity that can be begun at, by its type: names of fields. */
  readonly keys: ReadonlyMap<string, string>;
  /** `Type.field` of each field with `@requires`. */
  readonly requiring: ReadonlySet<string>;
}

/** The root field that stands for an entity of a type. */
export function anchorField(type: string): string {
  return `_anchor_${type}`;
}

/** Adds the subgraph of anchors. Entities whose keys have fields inside fields get none. */
export function withAnchors(supergraph: DocumentNode): Anchors {
  const keys = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    const key = definition.kind === Kind.OBJECT_TYPE_DEFINITION ? flatKey(definition) : undefined;
    if (key && definition.kind === Kind.OBJECT_TYPE_DEFINITION) keys.set(definition.name.value, key);
  }
  const document: DocumentNode = visit(supergraph, {
    EnumTypeDefinition(node) {
      if (node.name.value !== 'join__Graph') return undefined;
      const value = parse(`enum E { ${graphValue} @join__graph(name: "${anchorGraph}", url: "") }`).definitions[0]!;
      return value.kind === Kind.ENUM_TYPE_DEFINITION
        ? { ...node, values: [...(node.values ?? []), ...value.values!] }
        : node;
    },
    ObjectTypeDefinition(node) {
      if (node.name.value === queryName(supergraph)) {
        const fields = [...keys.keys()].map(
          (type) => `${anchorField(type)}: ${type} @join__field(graph: ${graphValue})`,
        );
        return joined(node, '', [], fields);
      }
      const key = keys.get(node.name.value);
      return key ? joined(node, `, key: "${key}", resolvable: false`, key.split(' '), []) : undefined;
    },
  });
  return { sdl: print(document), keys, requiring: requiringFields(supergraph) };
}

function requiringFields({ definitions }: DocumentNode): Set<string> {
  const requiring = new Set<string>();
  for (const type of definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name, directives: own } of type.fields ?? []) {
      if (directiveArguments(own, 'join__field', 'requires').length) requiring.add(`${type.name.value}.${name.value}`);
    }
  }
  return requiring;
}

/** A type that the subgraph of anchors has too, with these of its fields and some more. */
function joined(node: ObjectTypeDefinitionNode, key: string, own: readonly string[], more: readonly string[]) {
  const graphs = directiveArguments(node.directives, 'join__type', 'graph');
  const fields = (node.fields ?? []).map((field): FieldDefinitionNode => {
    // A field without the directive is everybody's who has the type; that no longer says what it said.
    const implied = field.directives?.some(({ name }) => name.value === 'join__field') ? [] : graphs;
    const all = own.includes(field.name.value) ? [...implied, graphValue] : implied;
    return {
      ...field,
      directives: [...(field.directives ?? []), ...all.flatMap((graph) => directives(`@join__field(graph: ${graph})`))],
    };
  });
  const [added] = more.length ? parse(`type T { ${more.join(' ')} }`, { noLocation: true }).definitions : [];
  return {
    ...node,
    directives: [...(node.directives ?? []), ...directives(`@join__type(graph: ${graphValue}${key})`)],
    fields: [...fields, ...(added?.kind === Kind.OBJECT_TYPE_DEFINITION ? (added.fields ?? []) : [])],
  };
}

function directives(text: string): readonly ConstDirectiveNode[] {
  const [scalar] = parse(`scalar S ${text}`, { noLocation: true }).definitions;
  return scalar?.kind === Kind.SCALAR_TYPE_DEFINITION ? (scalar.directives ?? []) : [];
}

function flatKey({ directives: own }: ObjectTypeDefinitionNode): string | undefined {
  return directiveArguments(own, 'join__type', 'key').find((key) => /^[\w\s]+$/.test(key));
}

function queryName({ definitions }: DocumentNode): string {
  const schema = definitions.find((each: DefinitionNode) => each.kind === Kind.SCHEMA_DEFINITION);
  return schema?.operationTypes.find(({ operation }) => String(operation) === 'query')?.type.name.value ?? 'Query';
}
