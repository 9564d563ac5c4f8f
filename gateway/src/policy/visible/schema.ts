import type {
  GraphQLArgument,
  GraphQLDirective as Directive,
  GraphQLFieldConfigArgumentMap,
  GraphQLNamedType,
  GraphQLType,
} from 'graphql';
import {
  GraphQLDirective,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLUnionType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedDirective,
  isUnionType,
} from 'graphql';
import type { Member } from './outline.js';
import type { Visible } from './visible.js';

/**
 * The part of a schema that somebody may know of (see `Visible`), and that something visible leads to: a valid schema, but
 * that queries may have no field at all. Scalars and enums are those of the whole schema, which stays as it was.
 */
export function visibleSchema(visible: Visible): GraphQLSchema {
  return new Part(visible).schema();
}

/** Makes the types of a part, which are of their own where they have or lead to others. */
class Part {
  readonly #made = new Map<GraphQLNamedType, GraphQLNamedType>();

  constructor(readonly visible: Visible) {
    for (const type of visible.reached()) this.#made.set(type, this.#make(type));
  }

  schema(): GraphQLSchema {
    const { schema: whole } = this.visible;
    return new GraphQLSchema({
      description: whole.description,
      query: this.#root(whole.getQueryType()),
      mutation: this.#root(whole.getMutationType()),
      subscription: this.#root(whole.getSubscriptionType()),
      // In the order of the whole.
      types: Object.values(whole.getTypeMap()).flatMap((type) => this.#made.get(type) ?? []),
      directives: whole.getDirectives().map((directive) => this.#directive(directive)),
      assumeValid: true,
    });
  }

  #root(type: GraphQLObjectType | null | undefined): GraphQLObjectType | undefined {
    return type ? (this.#made.get(type) as GraphQLObjectType | undefined) : undefined;
  }

  #make(type: GraphQLNamedType): GraphQLNamedType {
    const { name, description } = type;
    if (isObjectType(type) || isInterfaceType(type)) {
      const parts = {
        name,
        description,
        interfaces: () => this.#left(type.getInterfaces()),
        fields: () =>
          Object.fromEntries(this.visible.membersOf(type).map((member) => [member.name, this.#field(member)])),
      };
      return isObjectType(type) ? new GraphQLObjectType(parts) : new GraphQLInterfaceType(parts);
    }
    if (isUnionType(type)) {
      return new GraphQLUnionType({ name, description, types: () => this.#left(type.getTypes()) });
    }
    if (isInputObjectType(type)) {
      return new GraphQLInputObjectType({
        name,
        description,
        isOneOf: type.isOneOf,
        fields: () =>
          Object.fromEntries(this.visible.inputsOf(type).map(({ input }) => [input.name, this.#input(input)])),
      });
    }
    return type;
  }

  #left<T extends GraphQLNamedType>(types: readonly T[]): T[] {
    return types.flatMap((type) => (this.#made.get(type) as T | undefined) ?? []);
  }

  #field(member: Member) {
    const { description, deprecationReason, type } = member.field;
    const args = this.visible.argumentsOf(member).map(({ input }) => [input.name, this.#input(input)] as const);
    return { description, deprecationReason, type: this.#typed(type), args: Object.fromEntries(args) };
  }

  #input({ description, deprecationReason, type, defaultValue }: Omit<GraphQLArgument, 'extensions'>) {
    return { description, deprecationReason, type: this.#typed(type), defaultValue };
  }

  #directive(directive: Directive): Directive {
    if (isSpecifiedDirective(directive)) return directive;
    const { name, description, locations, isRepeatable } = directive;
    const args: GraphQLFieldConfigArgumentMap = Object.fromEntries(
      directive.args.map((argument) => [argument.name, this.#input(argument)]),
    );
    return new GraphQLDirective({ name, description, locations, isRepeatable, args });
  }

  #typed<T extends GraphQLType>(type: T): T {
    if (isNonNullType(type)) return new GraphQLNonNull(this.#typed(type.ofType)) as T;
    if (isListType(type)) return new GraphQLList(this.#typed(type.ofType)) as T;
    return (this.#made.get(type as GraphQLNamedType) ?? type) as T;
  }
}
