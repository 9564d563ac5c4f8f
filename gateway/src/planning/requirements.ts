import type { DocumentNode, FieldNode, SelectionSetNode } from 'graphql';
import { Kind, parse, print, visit } from 'graphql';
import { directiveArguments } from './directive-arguments.js';
import type { BatchFetchNode, FetchNode, PlanNode, RequiresSelection } from './plan.js';

/**
 * Makes a check that throws for a plan in which a requirement (`@requires`) is not met: a field is asked of a subgraph
 * without what it needs, or two requirements of one field with different arguments meet in one representation, so that
 * one field would be computed from the other's input. The planner makes such plans of some operations.
 */
export function requirementCheck(supergraph: DocumentNode): (node: PlanNode) => void {
  const needs = readNeeds(supergraph);
  const checkFetch = (
    service: string,
    set: SelectionSetNode,
    requires: readonly RequiresSelection[],
    sources: ReadonlyMap<string, string>,
  ): void => {
    checkSelections(requires);
    const sent = new Map(requires.flatMap(sentNames));
    for (const selection of set.selections) {
      if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) continue;
      const type = selection.typeCondition.name.value;
      for (const field of selection.selectionSet.selections) {
        if (field.kind !== Kind.FIELD) continue;
        for (const need of needs.get(`${service} ${type}.${field.name.value}`) ?? []) {
          const from = sent.get(need.name);
          if (from === undefined) {
            throw new Error(`The plan does not send ${need.name}, which ${type}.${field.name.value} requires.`);
          }
          if ((sources.get(from) ?? need.source) !== need.source) {
            throw new Error(
              `The plan sends ${sources.get(from)} where ${type}.${field.name.value} requires ${need.source}.`,
            );
          }
        }
      }
    }
  };
  return (node) => {
    const fetches = fetchesOf(node);
    const required = new Set(fetches.flatMap(readNames));
    const sources = new Map<string, string>();
    for (const { operation } of fetches) noteSources(operation, required, sources);
    for (const fetch of fetches) {
      const sets = entitySelections(fetch.operation);
      if (fetch.kind === 'BatchFetch') {
        for (const { alias, requires } of fetch.entityBatch.aliases)
          checkFetch(fetch.serviceName, sets.get(alias)!, requires, sources);
      } else if (fetch.requires?.length) {
        for (const set of sets.values()) checkFetch(fetch.serviceName, set, fetch.requires, sources);
      }
    }
  };
}

/** Every fetch of a plan. */
function fetchesOf(node: PlanNode): (FetchNode | BatchFetchNode)[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchesOf);
    case 'Flatten':
      return fetchesOf(node.node);
    case 'Fetch':
    case 'BatchFetch':
      return [node];
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap((clause) => (clause ? fetchesOf(clause) : []));
    case 'Subscription':
      // The planner leaves the kind of a subscription's own fetch out.
      return [{ ...node.primary, kind: 'Fetch' }];
    case 'Defer':
      return [node.primary, ...node.deferred].flatMap((part) => (part.node ? fetchesOf(part.node) : []));
  }
}

function readNames(node: FetchNode | BatchFetchNode): string[] {
  const all = node.kind === 'Fetch' ? (node.requires ?? []) : node.entityBatch.aliases.flatMap((each) => each.requires);
  const names = (each: RequiresSelection): string[] => {
    if (each.kind === 'FragmentSpread') return [];
    return [...(each.kind === 'Field' ? [each.name] : []), ...(each.selections ?? []).flatMap(names)];
  };
  return all.flatMap(names);
}

/**
 * A name that stands for one thing at one place and for another elsewhere: the planner reads it at both for either.
 */
function noteSources(operation: string, required: ReadonlySet<string>, sources: Map<string, string>): void {
  visit(parse(operation, { noLocation: true }), {
    Field(node) {
      const name = (node.alias ?? node.name).value;
      if (!required.has(name) || node.name.value === '_entities') return;
      const source = sourceOf(node);
      const known = sources.get(name);
      if (known !== undefined && known !== source) throw new Error(`The plan requires ${name}, which is two things.`);
      sources.set(name, source);
    },
  });
}

/** A field that another one requires. */
interface Need {
  readonly name: string;
  /** With its arguments. */
  readonly source: string;
}

/** What each field requires, by `subgraph Type.field`: fields of its type. */
function readNeeds({ definitions }: DocumentNode): Map<string, Need[]> {
  const graphs = new Map<string, string>();
  const needs = new Map<string, Need[]>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives } of definition.values ?? []) {
      graphs.set(name.value, directiveArguments(directives, 'join__graph', 'name')[0] ?? '');
    }
  }
  for (const type of definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      for (const directive of field.directives ?? []) {
        const [requires] = directiveArguments([directive], 'join__field', 'requires');
        const [graph = ''] = directiveArguments([directive], 'join__field', 'graph');
        if (requires === undefined) continue;
        needs.set(`${graphs.get(graph)} ${type.name.value}.${field.name.value}`, requiredFields(requires));
      }
    }
  }
  return needs;
}

/** A field and its arguments, in one order. */
function sourceOf({ name, arguments: args = [] }: FieldNode): string {
  return `${name.value}(${args
    .map((each) => print(each))
    .sort()
    .join(', ')})`;
}

/** Fields that every entity must bring; what stands under a type condition, only some do. */
function requiredFields(requires: string): Need[] {
  const [operation] = parse(`{${requires}}`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return operation.selectionSet.selections.flatMap((each) =>
    each.kind === Kind.FIELD ? [{ name: each.name.value, source: sourceOf(each) }] : [],
  );
}

/** What a fetch asks of entities, by alias of `_entities`. */
function entitySelections(text: string): Map<string, SelectionSetNode> {
  const [operation] = parse(text, { noLocation: true }).definitions;
  const fields = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  return new Map(
    fields.flatMap((each) =>
      each.kind === Kind.FIELD && each.selectionSet ? [[(each.alias ?? each.name).value, each.selectionSet]] : [],
    ),
  );
}

/** What is sent of an entity, and the name it has in the data. */
function sentNames(selection: RequiresSelection): [string, string][] {
  if (selection.kind === 'FragmentSpread') return [];
  if (selection.kind === 'InlineFragment') return selection.selections.flatMap(sentNames);
  return [[selection.alias ?? selection.name, selection.name]];
}

function checkSelections(selections: readonly RequiresSelection[]): void {
  const sources = new Map<string, string>();
  for (const selection of selections) {
    if (selection.kind === 'FragmentSpread') continue;
    checkSelections(selection.selections ?? []);
    if (selection.kind !== 'Field') continue;
    const sent = selection.alias ?? selection.name;
    const source = sources.get(sent);
    if (source !== undefined && source !== selection.name) {
      throw new Error(`The plan requires ${sent} with different arguments in one fetch.`);
    }
    sources.set(sent, selection.name);
  }
}
