import {
  GraphQLError,
  Kind,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { FetchAnswer } from '../../src/execution/run.js';
import { accepted } from '../support/accepted.js';
import { root, step, typeName, type State } from './judge.js';
import { answerRaw } from './raw.js';
import { isThing, sorted, type Thing, type World } from './world.js';

/** A thing as a subgraph holds it. */
export interface Held extends Thing {
  /** The type it was asked for as: the interface, for an interface object. */
  readonly as?: string;
  /** What the gateway sent of it. */
  readonly given?: Record<string, unknown>;
  /** What of it the subgraph knows here though it is another's. */
  readonly provided?: SelectionSetNode;
}

/** Answers a fetch as a subgraph does that holds the gateway to the contract. */
export async function answerFetch(world: World, service: string, query: string, variables: object, state: State) {
  const schema = world.subgraphs.get(service)!;
  const document = accepted(schema, query);
  if (!('kind' in document)) throw new Error(`${service} refuses ${query}: ${document[0]!.message}`);
  const resolve = resolver(world, service, schema);
  const request = { schema, document, variableValues: variables as Record<string, unknown>, contextValue: state };
  if (world.universe.corrupt) return answerRaw(request, resolve);
  const typeResolver = (value: unknown) => (value as Partial<Held>).as ?? typeName(value);
  const answer = await execute({ ...request, fieldResolver: resolve, typeResolver });
  return JSON.parse(JSON.stringify(answer)) as FetchAnswer;
}

function resolver(world: World, service: string, schema: GraphQLSchema): GraphQLFieldResolver<unknown, State> {
  const contract = world.contracts.get(service)!;
  for (const special of ['_entities', '_service']) delete schema.getQueryType()?.getFields()[special]?.resolve;
  const union = schema.getType('_Entity');
  if (union && 'resolveType' in union) delete union.resolveType;
  return async (source, args: Record<string, unknown>, state, { parentType, fieldName }) => {
    if (fieldName === '_entities') {
      return (args['representations'] as Record<string, unknown>[]).map((each) => find(world, service, each));
    }
    const isQuery = parentType === schema.getQueryType();
    const isMutation = parentType === schema.getMutationType();
    const type = isQuery ? 'Query' : isMutation ? 'Mutation' : parentType.name;
    if (!isQuery && !isMutation && !isThing(source)) return undefined;
    if (world.isStale(service, type, fieldName)) {
      throw new GraphQLError(`${service} does not answer ${type}.${fieldName} any more`);
    }
    const thing: Held = isQuery ? root('Query') : isMutation ? await step(state) : (source as Held);
    const field = contract.get(type)!.fields.get(fieldName)!;
    const isKey = contract.get(type)!.keys.some(({ fields }) => selected(fields, fieldName));
    const provided = thing.provided && selected(thing.provided, fieldName);
    if (field.external && !isKey && !provided) {
      throw new GraphQLError(`${service} cannot know ${type}.${fieldName}`);
    }
    if (field.requires && !thing.given)
      throw new GraphQLError(`${service} was not sent what ${type}.${fieldName} needs`);
    const missing = field.requires && thing.given && missingOf(field.requires, thing.given);
    if (missing) throw new GraphQLError(`${service} was not sent ${missing}, which ${type}.${fieldName} needs`);
    const required = field.requires && given(thing.given, field.requires);
    return holding(world.value(thing, fieldName, args, required), field.provides ?? provided);
  };
}

/** The entity that a representation means, by the first key of which all is there. */
function find(world: World, service: string, representation: Record<string, unknown>): Held | null {
  const type = representation['__typename'] as string;
  const { keys } = world.contracts.get(service)!.get(type)!;
  const sent = keys.filter(({ fields, resolvable }) => resolvable && isSent(representation, fields));
  if (!sent.length) throw new GraphQLError(`${service} was sent no key of ${type}: ${JSON.stringify(representation)}`);
  const found = world
    .entities(type)
    .find((thing) =>
      sent.every(
        ({ fields }) => JSON.stringify(world.pick(thing, fields)) === JSON.stringify(given(representation, fields)),
      ),
    );
  if (!found || world.universe.unknown?.[service]?.includes(found.identity)) return null;
  // Of an interface object it is no more than the interface's name.
  const as = world.contracts.get(service)!.get(type)!.interfaceObject ? type : found.type;
  return { ...found, as, given: representation };
}

function isSent(value: unknown, set: SelectionSetNode): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.every((item) => isSent(item, set));
  return set.selections.every(
    (selection) =>
      selection.kind !== Kind.FIELD ||
      ((value as Record<string, unknown>)[selection.name.value] !== undefined &&
        (!selection.selectionSet ||
          isSent((value as Record<string, unknown>)[selection.name.value], selection.selectionSet))),
  );
}

function missingOf(set: SelectionSetNode, sent: Record<string, unknown>): string | undefined {
  const names = set.selections.flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : []));
  return names.find((name) => sent[name] === undefined);
}

/** What a field set selects of a representation. */
function given(value: unknown, set: SelectionSetNode): unknown {
  if (Array.isArray(value)) return value.map((item) => given(item, set));
  if (value === null || typeof value !== 'object') return value;
  const picked: Record<string, unknown> = {};
  for (const selection of set.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) Object.assign(picked, given(value, selection.selectionSet));
    else if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') {
      const found = (value as Record<string, unknown>)[selection.name.value];
      if (found !== undefined)
        picked[selection.name.value] = selection.selectionSet ? given(found, selection.selectionSet) : found;
    }
  }
  return sorted(picked);
}

/** What a set selects below a field: an empty set for a leaf; undefined where it does not select the field. */
function selected(set: SelectionSetNode, name: string): SelectionSetNode | undefined {
  for (const selection of set.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inner = selected(selection.selectionSet, name);
      if (inner) return inner;
    } else if (selection.kind === Kind.FIELD && selection.name.value === name) {
      return selection.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] };
    }
  }
  return undefined;
}

function holding(value: unknown, provided: SelectionSetNode | undefined): unknown {
  if (!provided) return value;
  if (Array.isArray(value)) return value.map((item) => holding(item, provided));
  return isThing(value) ? { ...value, provided } : value;
}
