import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import type { DefinitionNode, DocumentNode, FieldDefinitionNode, GraphQLSchema } from 'graphql';
import { DirectiveLocation, Kind, buildASTSchema, isSpecifiedDirective, visit } from 'graphql';
import type { Classification, FieldClass } from './classification.js';
import { readClassification } from './classification/read.js';

const executable = new Set<string>([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

/**
 * What clients see of a supergraph: without Federation's own parts, without what is `@inaccessible`, without directives
 * that speak of types and not of operations, and without the types that only those needed. A field that somebody may be
 * denied is nullable, whatever its department promises: what is denied is null, and must take nothing else with it.
 */
export function apiSchema(supergraph: DocumentNode, classification = readClassification(supergraph)): GraphQLSchema {
  const document = transformSupergraphToPublicSchema(supergraph);
  const hidden = new Set<string>();
  const argumentTypes = new Set<string>();
  const withoutDirectives = visit(document, {
    DirectiveDefinition(definition) {
      if (definition.locations.some(({ value }) => executable.has(value))) return undefined;
      hidden.add(definition.name.value);
      visit(definition, { NamedType: ({ name }) => void argumentTypes.add(name.value) });
      return null;
    },
  });
  const withoutUses = visit(withoutDirectives, {
    Directive: ({ name }) =>
      hidden.has(name.value) && !isSpecifiedDirective({ name: name.value } as never) ? null : undefined,
  });
  const used = new Set<string>();
  visit(withoutUses, { NamedType: ({ name }) => void used.add(name.value) });
  const definitions = withoutUses.definitions.filter(
    (definition) =>
      definition.kind !== Kind.ENUM_TYPE_DEFINITION ||
      used.has(definition.name.value) ||
      !argumentTypes.has(definition.name.value),
  );
  const visible = { ...withoutUses, definitions: definitions.map(withoutHiddenMembers(definitions)) };
  return buildASTSchema(withoutPromises(visible, classification));
}

/** Where nothing is classified, nothing is decided either, and every promise is kept. */
function withoutPromises(document: DocumentNode, classification: Classification): DocumentNode {
  if (classification.size === 0) return document;
  const nullable = (type: string) => (field: FieldDefinitionNode) =>
    field.type.kind === Kind.NON_NULL_TYPE && mayBeDenied(classification.of(type, field.name.value), classification)
      ? { ...field, type: field.type.type }
      : field;
  return visit(document, {
    ObjectTypeDefinition: (node) => ({ ...node, fields: node.fields?.map(nullable(node.name.value)) }),
    InterfaceTypeDefinition: (node) => ({ ...node, fields: node.fields?.map(nullable(node.name.value)) }),
  });
}

function mayBeDenied(field: FieldClass, classification: Classification): boolean {
  const read = field.requires.map((coordinate) => {
    const [type = '', name = ''] = coordinate.split('.');
    return classification.of(type, name);
  });
  return [field, ...read].some(isProtected);
}

function isProtected({ level, authenticated, scopes, policies }: FieldClass): boolean {
  return level !== 'L1' || authenticated || scopes.length > 0 || policies.length > 0;
}

/** A union may have members that clients do not see; what is left of it must not name them. */
function withoutHiddenMembers(definitions: readonly DefinitionNode[]): (node: DefinitionNode) => DefinitionNode {
  const visible = new Set(definitions.map((each) => ('name' in each ? each.name?.value : undefined)));
  return (node) =>
    node.kind === Kind.UNION_TYPE_DEFINITION
      ? { ...node, types: node.types?.filter(({ name }) => visible.has(name.value)) }
      : node;
}
