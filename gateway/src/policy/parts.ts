import type { GraphQLNamedType } from 'graphql';
import { getNamedType, isCompositeType, isObjectType } from 'graphql';
import type { Ground } from './ground.js';

const partsOfGround = new WeakMap<Ground, Map<string, readonly string[]>>();

/** Names of the types of what is part of a row of a type: objects below it that say nothing of whose they are. */
export function partsOf(ground: Ground, type: string): readonly string[] {
  let known = partsOfGround.get(ground);
  if (!known) partsOfGround.set(ground, (known = new Map<string, readonly string[]>()));
  let parts = known.get(type);
  if (!parts) known.set(type, (parts = findParts(ground, type)));
  return parts;
}

function findParts({ schema, classification }: Ground, type: string): readonly string[] {
  const found = new Set<string>();
  const waiting: GraphQLNamedType[] = [];
  const open = (each: GraphQLNamedType | undefined) => {
    if (isObjectType(each)) waiting.push(...Object.values(each.getFields()).map((field) => getNamedType(field.type)));
  };
  open(schema.getType(type));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const objects = isObjectType(next) ? [next] : isCompositeType(next) ? schema.getPossibleTypes(next) : [];
    for (const object of objects) {
      if (found.has(object.name) || classification.factsOf(object.name)) continue;
      found.add(object.name);
      open(object);
    }
  }
  return [...found];
}
