import type { TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';

/** Kinds of entities in the namespace of the policies. */
export type EntityKind =
  'Subject' | 'Role' | 'Field' | 'Type' | 'Level' | 'Department' | 'Relation' | 'Purpose' | 'Action';

export const namespace = 'Linli';

/** An entity as Cedar's JSON names it. */
export function uid(kind: EntityKind, id: string): TypeAndId {
  return { type: `${namespace}::${kind}`, id };
}

/** An entity as one text: `Linli::Role::"resident"`. */
export function uidText({ type, id }: TypeAndId): string {
  return `${type}::${JSON.stringify(id)}`;
}
