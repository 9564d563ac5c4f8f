import type { DocumentNode, SelectionNode, SelectionSetNode } from 'graphql';
import { Kind, parse, print, visit } from 'graphql';
import type { BatchFetchNode, FetchNode, FlattenNode, PathSegment, PlanNode, Rewrite } from '../plan.js';
import { inParallel, splitByType, type AskedOfTypes } from '../split.js';
import { concreteField, type PlainSupergraph } from './supergraph.js';

/**
 * Makes the way back from a plan over a supergraph without interface objects to one that the subgraphs understand: they
 * are asked for entities by the interface where they know no more, and what is below `_concrete` is the object's own.
 *
 * @throws Error for a plan that asks one of them for different things by the object's type, which it does not know
 */
export function interfaceObjectPlan({ interfaces, known, originals }: PlainSupergraph): (node: PlanNode) => PlanNode {
  const subgraph = (service: string) => originals.get(service) ?? service;
  const trueName = (type: string) => interfaces.get(type) ?? type;
  const path = (segments: readonly PathSegment[]): PathSegment[] =>
    segments.flatMap((each): PathSegment[] => {
      if (each === '@') return [each];
      if ('Field' in each) return each.Field === concreteField ? [] : [each];
      return [{ TypeCondition: each.TypeCondition.map(trueName) }];
    });
  const keys = (rewrites: readonly Rewrite[] | null | undefined): Rewrite[] =>
    (rewrites ?? []).map((each) => {
      if ('KeyRenamer' in each) return { KeyRenamer: { ...each.KeyRenamer, path: keyPath(each.KeyRenamer.path) } };
      if ('ValueSetter' in each) return { ValueSetter: { ...each.ValueSetter, path: keyPath(each.ValueSetter.path) } };
      return { ...each, path: keyPath(each.path) };
    });
  /** What is asked of entities of these types, with the name that the subgraph knows them by. */
  const asked = <T extends Asked>(service: string, fetch: T): T => {
    const types = (fetch.requires ?? []).flatMap((each) =>
      each.kind === 'InlineFragment' ? [each.typeCondition] : [],
    );
    // Object types first: what is named by an interface then is no longer of the object's own type.
    const own = types.flatMap((type) => typenameSetter(type, known.get(service)?.get(type)));
    const shared = types.flatMap((type) => typenameSetter(trueName(type), interfaces.get(type)));
    const inputRewrites = [...keys(fetch.inputRewrites), ...own, ...shared];
    return {
      ...fetch,
      requires: fetch.requires?.map((each) =>
        each.kind === 'InlineFragment' ? { ...each, typeCondition: trueName(each.typeCondition) } : each,
      ),
      ...(inputRewrites.length && { inputRewrites }),
      ...(fetch.outputRewrites && { outputRewrites: keys(fetch.outputRewrites) }),
    };
  };
  const operation = (service: string, text: string): string =>
    print(subgraphText(parse(text, { noLocation: true }), (type) => known.get(service)?.get(type) ?? trueName(type)));
  const split = (service: string, node: FlattenNode | BatchFetchNode) =>
    splitByType(node, (types) => byName(types, (type) => known.get(service)?.get(type) ?? trueName(type)));
  const part = (node: FlattenNode | BatchFetchNode): PlanNode => {
    if (node.kind === 'Flatten') return { ...node, path: path(node.path), node: back(node.node) };
    const aliases = node.entityBatch.aliases.map((each) => ({
      ...asked(node.serviceName, each),
      paths: each.paths.map(path),
    }));
    const text = operation(node.serviceName, node.operation);
    const serviceName = subgraph(node.serviceName);
    return { ...node, serviceName, operation: text, entityBatch: { ...node.entityBatch, aliases } };
  };
  const back = (node: PlanNode): PlanNode => {
    switch (node.kind) {
      case 'Sequence':
      case 'Parallel':
        return { ...node, nodes: node.nodes.map(back) };
      case 'Flatten':
        if (node.node.kind !== 'Fetch') throw new Error(`A plan flattens a ${node.node.kind}.`);
        return inParallel(split(node.node.serviceName, node).map(part));
      case 'Fetch':
        return {
          ...asked(node.serviceName, node),
          serviceName: subgraph(node.serviceName),
          operation: operation(node.serviceName, node.operation),
        };
      case 'BatchFetch':
        return inParallel(split(node.serviceName, node).map(part));
      case 'Condition':
        return {
          ...node,
          ...(node.ifClause && { ifClause: back(node.ifClause) }),
          ...(node.elseClause && { elseClause: back(node.elseClause) }),
        };
      case 'Subscription':
        return { ...node, primary: back({ ...node.primary, kind: 'Fetch' }) as FetchNode };
      case 'Defer':
        throw new Error('A plan defers below an interface object.');
    }
  };
  return back;
}

type Asked =
  Pick<FetchNode, 'requires' | 'inputRewrites' | 'outputRewrites'> | BatchFetchNode['entityBatch']['aliases'][number];

/** Sends representations of a type under another name. */
function typenameSetter(type: string, name: string | undefined): Rewrite[] {
  if (name === undefined) return [];
  return [{ ValueSetter: { path: [{ TypenameEquals: [type] }, { Key: '__typename' }], setValueTo: name } }];
}

function keyPath<T extends object>(segments: readonly T[]): T[] {
  return segments.filter((each) => !('Key' in each) || each.Key !== concreteField);
}

/**
 * Types of which the same is asked, where types of which not the same is asked have one name for the subgraph: of each
 * entity it would be asked all of that, without what some of it requires.
 */
function byName(asked: AskedOfTypes, nameOf: (type: string) => string): string[][] {
  const texts = new Map([...asked].map(([type, set]) => [type, print(set)]));
  const types = [...texts.keys()];
  const different = new Set(types.map((type) => `${nameOf(type)} ${texts.get(type)}`));
  if (different.size === new Set(types.map(nameOf)).size) return [types];
  return [...new Set(texts.values())].map((text) => types.filter((type) => texts.get(type) === text));
}

/** A fetch's text with the types that its subgraph knows. */
function subgraphText(document: DocumentNode, nameOf: (type: string) => string): DocumentNode {
  return visit(document, {
    NamedType: { leave: (node) => ({ ...node, name: { ...node.name, value: nameOf(node.name.value) } }) },
    SelectionSet: { leave: (node) => ({ ...node, selections: node.selections.flatMap(withoutConcrete) }) },
    Field: {
      leave: (node) =>
        node.name.value === '_entities' ? { ...node, selectionSet: onceEach(node.selectionSet!) } : undefined,
    },
  });
}

function withoutConcrete(selection: SelectionNode): readonly SelectionNode[] {
  return selection.kind === Kind.FIELD && selection.name.value === concreteField
    ? selection.selectionSet!.selections
    : [selection];
}

/** What is asked of two types that are one to the subgraph, once. */
function onceEach(set: SelectionSetNode): SelectionSetNode {
  const byType = new Map<string, SelectionNode>();
  for (const selection of set.selections) {
    const type = selection.kind === Kind.INLINE_FRAGMENT ? (selection.typeCondition?.name.value ?? '') : '';
    const there = byType.get(type);
    if (there && print(there) !== print(selection)) throw new Error(`A plan asks different things of one ${type}.`);
    byType.set(type, selection);
  }
  return { ...set, selections: [...byType.values()] };
}
