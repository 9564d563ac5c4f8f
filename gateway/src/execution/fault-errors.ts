import type { FieldNode, SelectionSetNode } from 'graphql';
import { Kind, parse } from 'graphql';
import type { ResponseError, SubgraphFault } from '../errors.js';

/** The errors of a fetch that gave nothing: one for each place it leaves empty, so a client finds the reason there. */
export function faultErrors(fault: SubgraphFault, query: string, entities: number | undefined): ResponseError[] {
  const extensions = { code: fault.code, service: fault.service, ...(entities && entities > 1 && { entities }) };
  return emptyPlaces(query, entities).map((path) => ({ message: fault.message, path, extensions }));
}

/**
 * The paths of what a fetch was to fill: one for each response key, of the first entity where there are several.
 *
 * @param query the fetch's GraphQL text
 * @param entities how many entities it was to fill; undefined for a fetch of root fields
 */
export function emptyPlaces(query: string, entities: number | undefined): (string | number)[][] {
  const prefix = entities === undefined ? [] : ['_entities', 0];
  return keysOf(query, entities !== undefined).map((key) => [...prefix, key]);
}

function keysOf(query: string, ofEntities: boolean): string[] {
  const document = parse(query, { noLocation: true });
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  const fragment = (name: string): SelectionSetNode | undefined =>
    document.definitions.find((it) => it.kind === Kind.FRAGMENT_DEFINITION && it.name.value === name)?.[
      'selectionSet' as never
    ];
  const fields = (set: SelectionSetNode | undefined): FieldNode[] =>
    (set?.selections ?? []).flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection];
      return fields(selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragment(selection.name.value));
    });
  const root = fields(operation.selectionSet);
  const wanted = ofEntities ? root.flatMap((field) => fields(field.selectionSet)) : root;
  return [...new Set(wanted.map(({ alias, name }) => (alias ?? name).value))];
}
