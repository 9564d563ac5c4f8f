import type { GraphQLAbstractType, GraphQLOutputType, GraphQLSchema } from 'graphql';
import { getNamedType, isAbstractType, isCompositeType, isInterfaceType, isObjectType } from 'graphql';

/** What a schema says about the names that an operation may use inside. */
export interface InternalNames {
  /** No field of the graph is called this and a number. */
  readonly prefix: string;
  /** Names of fields that take arguments on any type. */
  readonly takingArguments: ReadonlySet<string>;
  /** Names of fields that types of one interface or union declare with different nullability, list depth or leaf type. */
  readonly differing: ReadonlySet<string>;
  /** Interfaces and unions to which types belong that clients do not see: what is of such a type must not be shown. */
  readonly partial: ReadonlySet<string>;
}

/**
 * Reads a schema's names once, for all its operations.
 *
 * @param whole the graph of which clients see the schema
 */
export function internalNames(schema: GraphQLSchema, whole = schema): InternalNames {
  const fields = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) => Object.values(type.getFields()));
  let prefix = '_';
  while (fields.some(({ name }) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))) prefix += '_';
  const differing = new Set(
    Object.values(schema.getTypeMap())
      .filter(isAbstractType)
      .flatMap((type) => differingIn(type, schema)),
  );
  const takingArguments = new Set(fields.filter(({ args }) => args.length > 0).map(({ name }) => name));
  return { prefix, takingArguments, differing, partial: partialIn(schema, whole) };
}

function partialIn(schema: GraphQLSchema, whole: GraphQLSchema): Set<string> {
  const partial = Object.values(schema.getTypeMap()).filter((type) => {
    const abstract = isAbstractType(type) ? whole.getType(type.name) : undefined;
    return isAbstractType(abstract) && whole.getPossibleTypes(abstract).some(({ name }) => !schema.getType(name));
  });
  return new Set(partial.map(({ name }) => name));
}

/** Names of fields that the types of one interface or union declare in more than one form. */
function differingIn(abstract: GraphQLAbstractType, schema: GraphQLSchema): string[] {
  const forms = new Map<string, string>();
  const types = [...(isInterfaceType(abstract) ? [abstract] : []), ...schema.getPossibleTypes(abstract)];
  return types
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ name, type }) => {
      const form = responseForm(type);
      if (!forms.has(name)) forms.set(name, form);
      return forms.get(name) !== form;
    })
    .map(({ name }) => name);
}

/** What SameResponseShape (GraphQL specification, 5.3.2) compares of a type: one response name has one such form. */
export function responseForm(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  return isCompositeType(named) ? String(type).replace(named.name, '') : String(type);
}
