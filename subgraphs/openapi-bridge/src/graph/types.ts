import { isEnumType, isListType, isNonNullType, isObjectType, type GraphQLOutputType } from 'graphql';
import { StartError } from '@linli/kit/errors';
import { scalarResolvers } from '@linli/kit/scalars';
import type { Description, RawSchema } from '../description/read.js';

const builtIn = new Set(['ID', 'String', 'Int', 'Float', 'Boolean']);

/**
 * How a type of the library is written in the contract: by a published name, a built-in scalar, or a shared one.
 *
 * @param raw its schema: the library takes every item of a list for nullable, the schema knows better
 * @param place what is told where it cannot be written
 * @throws StartError for what has no name, or fits no type
 */
export function typeText(
  type: GraphQLOutputType,
  raw: RawSchema,
  description: Description,
  place: string,
  scalar?: string,
): string {
  if (isNonNullType(type)) return `${typeText(type.ofType, raw, description, place, scalar)}!`;
  if (isListType(type)) {
    const item = typeText(type.ofType, raw.items ?? {}, description, place, scalar);
    return `[${item.endsWith('!') || isNullable(raw.items ?? {}) ? item : `${item}!`}]`;
  }
  if (isObjectType(type) && description.objects.has(type.name)) return type.name;
  if (isEnumType(type) && description.enums.has(type.name)) return type.name;
  if (scalar !== undefined && !isObjectType(type)) return knownScalar(scalar, place);
  if (isObjectType(type) || isEnumType(type)) {
    const extension = isObjectType(type) ? 'x-linli-type' : 'x-linli-enum';
    throw new StartError(
      `${place} is of a type that is not published: name its schema in components.schemas, and give it ${extension}.`,
    );
  }
  if (builtIn.has(type.name) || type.name in scalarResolvers) return type.name;
  throw new StartError(
    `${place} is of the type ${type.name}, which the graph does not have: give it a scalar, or remove it.`,
  );
}

/** A scalar that an overlay names. */
export function knownScalar(scalar: string, place: string): string {
  if (builtIn.has(scalar) || scalar in scalarResolvers) return scalar;
  throw new StartError(`${place} has the scalar ${scalar}, which schema/shared.graphql does not have.`);
}

function isNullable({ nullable, type }: RawSchema): boolean {
  return nullable === true || (Array.isArray(type) && type.includes('null'));
}
