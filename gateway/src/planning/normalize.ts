import type {
  FieldNode,
  GraphQLAbstractType,
  FragmentDefinitionNode,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import {
  Kind,
  OperationTypeNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  print,
} from 'graphql';
import type { Operation } from '../operation/operation.js';
import { isIncluded, type Variables } from './conditions.js';
import type { FieldGuard, Guard } from './guard.js';
import { isClosed, isOpen } from './guard.js';
import { HiddenFacts } from './hidden-facts.js';
import { responseForm, type InternalNames } from './internal-names.js';
import type { Shape, ShapeField, Variant } from './shape.js';

/** One operation for the planner, and how its data becomes the client's answer. */
export interface NormalizedOperation {
  /**
   * What to fetch, as GraphQL text without named fragments, conditions and the client's aliases. A query is one text
   * or none; a mutation one for each root field, to be run strictly one after the other (6.2.2).
   */
  readonly texts: readonly string[];
  readonly shape: Shape;
  /** Root fields that the schema itself answers: `__schema` and `__type`. */
  readonly introspection: readonly FieldNode[];
}

/**
 * Rewrites an operation so that the planner's additions cannot meet the client's names. A field that the client gave
 * an alias, or that takes arguments, gets an internal name of its own: the names left as they are then mean the same
 * to the client, to `@key` and to `@requires`. Equal response names of equal fields stay equal, so that what the client
 * may merge is still merged. Conditions are decided by `variables`. What a guard closes is not fetched, and the facts that
 * decide a row are fetched without being asked for.
 */
export function normalize(
  operation: Operation,
  schema: GraphQLSchema,
  variables: Variables,
  names: InternalNames,
  guard?: Guard,
): NormalizedOperation {
  return new Normalizer(operation, schema, variables, names, guard).run();
}

/** A selection set and the type it stands on. */
interface Scope {
  set: SelectionSetNode;
  parent: GraphQLCompositeType;
}

/** Field nodes of one response name on one concrete type. */
interface Collected {
  nodes: FieldNode[];
  scopes: Scope[];
}

class Normalizer {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #internal = new Map<string, string>();
  readonly #hidden: HiddenFacts | undefined;

  constructor(
    readonly operation: Operation,
    readonly schema: GraphQLSchema,
    readonly variables: Variables,
    readonly names: InternalNames,
    readonly guard: Guard | undefined,
  ) {
    this.#hidden = guard && new HiddenFacts(guard, schema, names);
    for (const definition of operation.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  run(): NormalizedOperation {
    const { definition } = this.operation;
    const root = this.schema.getRootType(definition.operation);
    if (!root) throw new Error(`The schema has no ${definition.operation} type.`);
    const scope = { set: definition.selectionSet, parent: root };
    const shape = this.#shape([scope], root);
    const { fields } = shape.variants[0]!;
    const introspection = this.#collect([scope], root)
      .flatMap(({ nodes }) => nodes)
      .filter(({ name }) => name.value === '__schema' || name.value === '__type');
    const parts =
      definition.operation === OperationTypeNode.MUTATION
        ? fields.map(({ key }) => this.#print(scope.set, root, (node) => responseName(node) === key))
        : [this.#print(scope.set, root, () => true)];
    return { shape, introspection, texts: parts.filter((part) => part !== '').map((part) => this.#head(part) + part) };
  }

  #head(selections: string): string {
    const { definition } = this.operation;
    const used = new Set(Array.from(selections.matchAll(/\$(\w+)/g), ([, name]) => name));
    const declared = (definition.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
    return definition.operation + (declared.length ? `(${declared.map((it) => print(it)).join(', ')})` : '');
  }

  /** The selection set as text, `{…}`; empty where nothing of it is to be fetched. */
  #print(set: SelectionSetNode, parent: GraphQLCompositeType, root?: (node: FieldNode) => boolean): string {
    let text = '';
    let conditioned = false;
    for (const selection of set.selections) {
      if (!isIncluded(selection, this.variables)) continue;
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value.startsWith('__')) conditioned ||= selection.name.value === '__typename';
        else if ((!root || root(selection)) && !this.#isClosed(selection.name.value, parent)) {
          const split = isAbstractType(parent) && this.#isSplit(selection, parent);
          conditioned ||= split;
          text += split ? this.#printByType(selection, parent) : this.#printField(selection, parent);
        }
        continue;
      }
      const { type, inner } = this.#fragment(selection, parent);
      const body = this.#print(inner, type, root);
      conditioned ||= type !== parent;
      if (body !== '') text += type === parent ? `${body.slice(1, -1)} ` : `...on ${type.name}${body} `;
    }
    if (root) return text === '' ? '' : `{${text}}`;
    const facts = this.#hidden?.textFor(parent, set) ?? '';
    conditioned ||= facts !== '' && isAbstractType(parent);
    text += facts;
    conditioned ||= this.names.partial.has(parent.name);
    // Decisions are made for each concrete type by itself.
    if (isAbstractType(parent) && (conditioned || this.guard || !this.#uniform(parent))) text += '__typename ';
    return `{${text === '' ? '__typename' : text}}`;
  }

  /** True where the possible types of an abstract type answer a field in different forms. */
  #isSplit(node: FieldNode, parent: GraphQLAbstractType): boolean {
    const name = node.name.value;
    if (!this.names.differing.has(name)) return false;
    const form = responseForm(this.#field(parent, name).type);
    return this.schema.getPossibleTypes(parent).some((type) => responseForm(this.#field(type, name).type) !== form);
  }

  /** A field of an abstract type for each concrete type by itself: under one name a subgraph would refuse it. */
  #printByType(node: FieldNode, parent: GraphQLAbstractType): string {
    const types = this.schema.getPossibleTypes(parent);
    return types.map((type) => `...on ${type.name}{${this.#printField(node, type)}} `).join('');
  }

  #printField(node: FieldNode, parent: GraphQLCompositeType): string {
    const name = node.name.value;
    const source = this.#source(node, parent);
    const args = node.arguments?.length ? `(${node.arguments.map((argument) => print(argument)).join(', ')})` : '';
    const below = node.selectionSet
      ? this.#print(node.selectionSet, getNamedType(this.#field(parent, name).type) as GraphQLCompositeType)
      : '';
    return `${source === name ? '' : `${source}: `}${name}${args}${below} `;
  }

  /** The name a field of a type has in the merged data: its own where that can mean one thing only. */
  #source(node: FieldNode, parent: GraphQLCompositeType): string {
    const name = node.name.value;
    if (name.startsWith('__')) return name === '__typename' ? name : `${name}:${responseName(node)}`;
    const differs = this.names.differing.has(name);
    if (responseName(node) === name && !differs && !this.names.takingArguments.has(name)) return name;
    const args = (node.arguments ?? []).map((argument) => print(argument)).sort();
    const form = differs ? responseForm(this.#field(parent, name).type) : '';
    const identity = JSON.stringify([responseName(node), name, args, form]);
    let internal = this.#internal.get(identity);
    if (!internal) this.#internal.set(identity, (internal = `${this.names.prefix}${this.#internal.size}`));
    return internal;
  }

  #shape(scopes: Scope[], parent: GraphQLCompositeType): Shape {
    const types = isAbstractType(parent) ? this.schema.getPossibleTypes(parent) : [parent];
    const variants = new Map<string, Variant & { types: GraphQLObjectType[] }>();
    for (const type of types) {
      const fields = this.#collect(scopes, type).map((collected) => this.#shapeField(collected, type));
      const row = this.#hidden?.rowOf(type);
      // Types are written by name, so equal texts mean equal code.
      const likeness = JSON.stringify([fields, row]);
      const same = variants.get(likeness);
      if (same) same.types.push(type);
      else variants.set(likeness, { types: [type], fields, ...(row && { row }) });
    }
    const list: Variant[] = [...variants.values()];
    const named = list.some(({ fields }) => fields.some(({ source }) => source === '__typename'));
    const partial = this.names.partial.has(parent.name);
    return { dispatch: isAbstractType(parent) && (list.length > 1 || named || partial), variants: list };
  }

  /** CollectFields: fields of the sets that apply to a concrete type, by response name, in order of first appearance. */
  #collect(scopes: readonly Scope[], type: GraphQLObjectType): Collected[] {
    const byName = new Map<string, Collected>();
    const visitSet = ({ set, parent }: Scope): void => {
      for (const selection of set.selections) {
        if (!isIncluded(selection, this.variables)) continue;
        if (selection.kind === Kind.FIELD) {
          const name = responseName(selection);
          const known = byName.get(name);
          const below = selection.selectionSet && this.#below(selection, parent);
          if (known) known.nodes.push(selection);
          else byName.set(name, { nodes: [selection], scopes: [] });
          if (below) byName.get(name)!.scopes.push(below);
          continue;
        }
        const { type: condition, inner } = this.#fragment(selection, parent);
        const applies = isAbstractType(condition) ? this.schema.isSubType(condition, type) : condition === type;
        if (applies) visitSet({ set: inner, parent: condition });
      }
    };
    for (const scope of scopes) visitSet(scope);
    return [...byName.values()];
  }

  #below(node: FieldNode, parent: GraphQLCompositeType): Scope | undefined {
    if (node.name.value.startsWith('__')) return undefined;
    const type = getNamedType(this.#field(parent, node.name.value).type);
    return isCompositeType(type) ? { set: node.selectionSet!, parent: type } : undefined;
  }

  #shapeField({ nodes, scopes }: Collected, type: GraphQLObjectType): ShapeField {
    const node = nodes[0]!;
    const name = node.name.value;
    const { type: fieldType } = this.#field(type, name);
    const named = getNamedType(fieldType);
    const shape = !name.startsWith('__') && isCompositeType(named) ? this.#shape(scopes, named) : undefined;
    const guard = this.#guardOf(name, type);
    return {
      key: responseName(node),
      source: this.#source(node, type),
      name,
      type: fieldType,
      shape,
      ...(guard && { guard }),
    };
  }

  #guardOf(name: string, type: GraphQLObjectType): FieldGuard | undefined {
    if (!this.guard || name.startsWith('__')) return undefined;
    const guard = this.guard.field(type.name, name);
    return isOpen(guard) && !guard.personal ? undefined : guard;
  }

  /** True where no concrete type shows its field of this name to anybody who asks. */
  #isClosed(name: string, parent: GraphQLCompositeType): boolean {
    const { guard } = this;
    if (!guard) return false;
    const types = isAbstractType(parent) ? this.schema.getPossibleTypes(parent) : [parent];
    return types.every((type) => isClosed(guard.field(type.name, name)));
  }

  #fragment(selection: Exclude<SelectionSetNode['selections'][number], FieldNode>, parent: GraphQLCompositeType) {
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value)! : selection;
    const condition = fragment.typeCondition?.name.value;
    const type = condition === undefined ? parent : (this.schema.getType(condition) as GraphQLCompositeType);
    return { type, inner: fragment.selectionSet };
  }

  /** True where every possible type declares each field of an interface with the interface's own type. */
  #uniform(parent: GraphQLNamedType): boolean {
    if (!isInterfaceType(parent)) return false;
    return Object.values(parent.getFields()).every(({ name, type }) =>
      this.schema.getPossibleTypes(parent).every((it) => String(it.getFields()[name]?.type) === String(type)),
    );
  }

  #field(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) throw new Error(`The schema has no field ${parent.name}.${name}.`);
    return field;
  }
}

function responseName(node: FieldNode): string {
  return (node.alias ?? node.name).value;
}
