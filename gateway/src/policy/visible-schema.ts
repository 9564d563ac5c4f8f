import type { DefinitionNode, DocumentNode, FieldDefinitionNode, GraphQLSchema, TypeNode } from 'graphql';
import { Kind, buildASTSchema, isObjectType, parse, printSchema } from 'graphql';
import type { Reach } from './reach.js';
import { visibleInputs } from './visible-inputs.js';

type Fielded = Extract<DefinitionNode, { fields?: readonly FieldDefinitionNode[] | undefined }>;

/**
 * The part of a schema that somebody may know of: what their reach says, and types that something visible leads to. A
 * field that cannot be asked for without an argument that is not visible is not visible either, nor is one whose type has
 * nothing visible, or is plumbing to nothing, and an interface has no field that one of its implementations has not: what
 * is left is a valid schema, but that queries may have no field at all.
 */
export function visibleSchema(schema: GraphQLSchema, reach: Reach): GraphQLSchema {
  const document = documentOf(schema);
  const root = schema.getQueryType()?.name;
  let definitions = visibleInputs(document.definitions, reach).map((definition) =>
    hasFields(definition)
      ? withFields(definition, (field) => reach.field(definition.name.value, field.name.value))
      : definition,
  );
  for (;;) {
    const empty = new Set(
      definitions
        .filter((definition) => isEmpty(definition) || isHollow(definition, schema))
        .map((definition) => ('name' in definition ? definition.name?.value : undefined)),
    );
    if (root !== undefined) empty.delete(root);
    const unmet = unmetFields(definitions);
    if (!empty.size && !unmet.size) break;
    definitions = definitions
      .filter((definition) => !('name' in definition && definition.name && empty.has(definition.name.value)))
      .map((definition) => without(definition, empty))
      .map((definition) =>
        hasFields(definition)
          ? withFields(definition, ({ name }) => !unmet.has(`${definition.name.value}.${name.value}`))
          : definition,
      );
  }
  const reached = reachable(definitions);
  const kept = definitions.filter(
    (definition) =>
      !('name' in definition && definition.name) ||
      definition.kind === Kind.DIRECTIVE_DEFINITION ||
      reached.has(definition.name.value),
  );
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions: kept }, { assumeValid: true });
}

const documents = new WeakMap<GraphQLSchema, DocumentNode>();

function documentOf(schema: GraphQLSchema): DocumentNode {
  let document = documents.get(schema);
  if (!document) documents.set(schema, (document = parse(printSchema(schema), { noLocation: true })));
  return document;
}

function hasFields(definition: DefinitionNode): definition is Fielded {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** What Relay's plumbing is there for (GraphQL Cursor Connections Specification, 2.1 and 3.1). */
const leadingFields: Readonly<Record<string, readonly string[]>> = { Edge: ['node'], Connection: ['edges', 'nodes'] };

/** True for a connection or an edge that leads to nothing any more: that it is there would tell of what it led to. */
function isHollow(definition: DefinitionNode, schema: GraphQLSchema): boolean {
  if (!hasFields(definition)) return false;
  const [, suffix = ''] = /(Edge|Connection)$/.exec(definition.name.value) ?? [];
  const type = schema.getType(definition.name.value);
  const led = isObjectType(type) ? (leadingFields[suffix] ?? []).filter((name) => name in type.getFields()) : [];
  return led.length > 0 && !definition.fields?.some(({ name }) => led.includes(name.value));
}

/** Fields of interfaces, `Type.field`, that something which implements them does not have. */
function unmetFields(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const byName = new Map(definitions.filter(hasFields).map((definition) => [definition.name.value, definition]));
  const unmet = new Set<string>();
  for (const { interfaces = [], fields = [] } of byName.values()) {
    // What has no fields left is gone itself.
    if (!fields.length) continue;
    const own = new Set(fields.map(({ name }) => name.value));
    for (const each of interfaces) {
      for (const { name } of byName.get(each.name.value)?.fields ?? []) {
        if (!own.has(name.value)) unmet.add(`${each.name.value}.${name.value}`);
      }
    }
  }
  return unmet;
}

function withFields<D extends Fielded>(definition: D, keep: (field: FieldDefinitionNode) => boolean): D {
  return { ...definition, fields: definition.fields?.filter(keep) };
}

function isEmpty(definition: DefinitionNode): boolean {
  if (hasFields(definition)) return !definition.fields?.length;
  return definition.kind === Kind.UNION_TYPE_DEFINITION && !definition.types?.length;
}

function without(definition: DefinitionNode, gone: ReadonlySet<string | undefined>): DefinitionNode {
  if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
    return { ...definition, types: definition.types?.filter(({ name }) => !gone.has(name.value)) };
  }
  if (definition.kind === Kind.SCHEMA_DEFINITION) {
    return {
      ...definition,
      operationTypes: definition.operationTypes.filter(({ type }) => !gone.has(type.name.value)),
    };
  }
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
    return definition;
  const interfaces = definition.interfaces?.filter(({ name }) => !gone.has(name.value));
  return { ...withFields(definition, ({ type }) => !gone.has(nameOf(type))), interfaces };
}

/** Names of the types that lead from the root: a type that nothing leads to says that something is hidden. */
function reachable(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const byName = new Map<string, DefinitionNode>();
  const implementations = new Map<string, string[]>();
  const found = new Set<string>();
  const waiting = ['Query', 'Mutation', 'Subscription'];
  for (const definition of definitions) {
    if (definition.kind === Kind.SCHEMA_DEFINITION) {
      waiting.push(...definition.operationTypes.map(({ type }) => type.name.value));
    } else if ('name' in definition && definition.name) byName.set(definition.name.value, definition);
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
      waiting.push(...(definition.arguments ?? []).map(({ type }) => nameOf(type)));
    }
    if (!hasFields(definition)) continue;
    for (const { name } of definition.interfaces ?? []) {
      implementations.set(name.value, [...(implementations.get(name.value) ?? []), definition.name.value]);
    }
  }
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const definition = byName.get(name);
    if (!definition || found.has(name)) continue;
    found.add(name);
    waiting.push(...leadsTo(definition), ...(implementations.get(name) ?? []));
  }
  return found;
}

function leadsTo(definition: DefinitionNode): string[] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [
        ...(definition.interfaces ?? []).map(({ name }) => name.value),
        ...(definition.fields ?? []).flatMap((field) => [
          nameOf(field.type),
          ...(field.arguments ?? []).map(({ type }) => nameOf(type)),
        ]),
      ];
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (definition.fields ?? []).map(({ type }) => nameOf(type));
    case Kind.UNION_TYPE_DEFINITION:
      return (definition.types ?? []).map(({ name }) => name.value);
    default:
      return [];
  }
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
