import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import type { DefinitionNode, DocumentNode, GraphQLSchema } from 'graphql';
import { DirectiveLocation, Kind, buildASTSchema, isSpecifiedDirective, visit } from 'graphql';

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
 * that speak of types and not of operations, and without the types that only those needed.
 */
export function apiSchema(supergraph: DocumentNode): GraphQLSchema {
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
  return buildASTSchema({ ...withoutUses, definitions: definitions.map(withoutHiddenMembers(definitions)) });
}

/** A union may have members that clients do not see; what is left of it must not name them. */
function withoutHiddenMembers(definitions: readonly DefinitionNode[]): (node: DefinitionNode) => DefinitionNode {
  const visible = new Set(definitions.map((each) => ('name' in each ? each.name?.value : undefined)));
  return (node) =>
    node.kind === Kind.UNION_TYPE_DEFINITION
      ? { ...node, types: node.types?.filter(({ name }) => visible.has(name.value)) }
      : node;
}
