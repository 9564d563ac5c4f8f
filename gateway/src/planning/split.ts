import type {
  FieldNode,
  FragmentDefinitionNode,
  InlineFragmentNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { Kind, parse, print, visit } from 'graphql';
import type { BatchFetchNode, FetchNode, FlattenNode, PathSegment, PlanNode, RequiresSelection } from './plan.js';

/** What a fetch asks of the entities of each type under one alias. */
export type AskedOfTypes = ReadonlyMap<string, SelectionSetNode>;

/**
 * Makes several fetches of one that asks for entities of several types: one for each group of types, or the same fetch
 * where all types may stay together.
 *
 * @param group says which types may stay together
 */
export function splitByType(
  node: FlattenNode | BatchFetchNode,
  group: (asked: AskedOfTypes) => readonly (readonly string[])[],
): readonly (FlattenNode | BatchFetchNode)[] {
  const fetches = asFlattens(node);
  const text = readText(node.kind === 'Flatten' ? (node.node as FetchNode).operation : node.operation);
  const parts = fetches.flatMap((each) =>
    group(askedOfTypes(text.entities.get(each.alias) ?? [])).map((types) => part(text, each, types)),
  );
  return parts.length > fetches.length ? parts : [node];
}

/** Fetches that wait for nothing of each other. */
export function inParallel(nodes: readonly PlanNode[]): PlanNode {
  return nodes.length === 1 ? nodes[0]! : { kind: 'Parallel', nodes: [...nodes] };
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

function askedOfTypes(fragments: readonly InlineFragmentNode[]): AskedOfTypes {
  const asked = new Map<string, SelectionSetNode>();
  for (const { typeCondition, selectionSet } of fragments) {
    const type = typeCondition?.name.value ?? '';
    const known = asked.get(type)?.selections ?? [];
    asked.set(type, { ...selectionSet, selections: [...known, ...selectionSet.selections] });
  }
  return asked;
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
