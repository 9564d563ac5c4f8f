import type {
  FieldNode,
  FragmentDefinitionNode,
  InlineFragmentNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { Kind, parse, print, visit } from 'graphql';
import type { BatchFetchNode, FetchNode, FlattenNode, PathSegment, RequiresSelection } from '../plan.js';

/**
 * Splits a fetch that asks different things of object types which are one type to the subgraph: of each entity it would
 * be asked all of them, without what some of them require. One fetch for each, or the same fetch where there is nothing
 * to split.
 *
 * @param nameOf the name that the fetch's subgraph has for a type
 */
export function splitByType(
  node: FlattenNode | BatchFetchNode,
  nameOf: (type: string) => string,
): readonly (FlattenNode | BatchFetchNode)[] {
  const fetches = asFlattens(node);
  const [{ operation }] = [node.kind === 'Flatten' ? (node.node as FetchNode) : node];
  const text = readText(operation);
  const parts = fetches.flatMap((each) => groups(text, each.alias, nameOf).map((types) => part(text, each, types)));
  return parts.length === fetches.length ? [node] : parts;
}

/** Entities of one path that a fetch asks for under one alias. */
interface Entities {
  readonly fetch: Pick<FetchNode, 'serviceName' | 'operationKind' | 'inputRewrites' | 'outputRewrites'>;
  readonly alias: string;
  readonly path: readonly PathSegment[];
  readonly requires: readonly RequiresSelection[];
}

function asFlattens(node: FlattenNode | BatchFetchNode): Entities[] {
  if (node.kind === 'Flatten') {
    const fetch = node.node as FetchNode;
    return [{ fetch, alias: '_entities', path: node.path, requires: fetch.requires ?? [] }];
  }
  const { serviceName, operationKind } = node;
  return node.entityBatch.aliases.flatMap(({ alias, paths, requires, inputRewrites, outputRewrites }) => {
    const rewrites = { ...(inputRewrites && { inputRewrites }), ...(outputRewrites && { outputRewrites }) };
    const fetch = { serviceName, ...(operationKind && { operationKind }), ...rewrites };
    return paths.map((path) => ({ fetch, alias, path, requires }));
  });
}

interface FetchText {
  readonly operation: OperationDefinitionNode;
  /** What is asked of entities, by alias. */
  readonly entities: ReadonlyMap<string, readonly InlineFragmentNode[]>;
}

/** A fetch's text with its named fragments written out. */
function readText(operation: string): FetchText {
  const { definitions } = parse(operation, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const inline = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((each): SelectionNode => {
      if (each.kind === Kind.FRAGMENT_SPREAD) {
        const { typeCondition, selectionSet } = fragments.get(each.name.value)!;
        return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: inline(selectionSet) };
      }
      return each.selectionSet ? { ...each, selectionSet: inline(each.selectionSet) } : each;
    }),
  });
  const found = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
  const selections = inline(found.selectionSet).selections.filter(
    (each): each is FieldNode => each.kind === Kind.FIELD,
  );
  const entities = selections.map((field): [string, InlineFragmentNode[]] => [
    (field.alias ?? field.name).value,
    (field.selectionSet?.selections ?? []).filter((each) => each.kind === Kind.INLINE_FRAGMENT),
  ]);
  return { operation: found, entities: new Map(entities) };
}

/** Types of which the same is asked, where one name stands for types of which not the same is asked. */
function groups({ entities }: FetchText, alias: string, nameOf: (type: string) => string): string[][] {
  const asked = new Map<string, string>();
  for (const { typeCondition, selectionSet } of entities.get(alias) ?? []) {
    const type = typeCondition?.name.value ?? '';
    asked.set(type, (asked.get(type) ?? '') + print(selectionSet));
  }
  const types = [...asked.keys()];
  const names = new Set(types.map((type) => `${nameOf(type)} ${asked.get(type)}`));
  if (names.size === new Set(types.map(nameOf)).size) return [types];
  return [...new Set(asked.values())].map((each) => types.filter((type) => asked.get(type) === each));
}

function part(text: FetchText, { fetch, alias, path, requires }: Entities, types: readonly string[]): FlattenNode {
  const fragments = text.entities
    .get(alias)!
    .filter(({ typeCondition }) => types.includes(typeCondition?.name.value ?? ''));
  const asked = `{_entities(representations: $representations){${fragments.map((each) => print(each)).join(' ')}}}`;
  const used = new Set<string>();
  for (const each of fragments) visit(each, { Variable: ({ name }) => void used.add(name.value) });
  const variables = (text.operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  const declared = ['$representations: [_Any!]!', ...variables.map((each) => print(each))];
  const node: FetchNode = {
    ...fetch,
    kind: 'Fetch',
    operation: `query(${declared.join(', ')})${asked}`,
    requires: requires.filter((each) => each.kind === 'InlineFragment' && types.includes(each.typeCondition)),
    ...(used.size && { variableUsages: [...used] }),
  };
  return { kind: 'Flatten', path: [...path], node };
}
