import {
  GraphQLError,
  Kind,
  buildASTSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { readContract, type Contract, type FieldContract } from './contracts.js';
import { corrupted, hash, leafValue } from './values.js';
import { compose, type Universe } from './universe.js';

/** One object of the world: an entity, one of a few of its type, or a value without identity of its own. */
export interface Thing {
  readonly type: string;
  readonly identity: string;
  /** Which entity of its type; undefined for values. */
  readonly index: number | undefined;
}

export function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && 'identity' in value;
}

type Args = Readonly<Record<string, unknown>>;

/** Entities of one type. */
const population = 4;

/**
 * The data of a universe. Every value is a pure function of its object's identity, its field, its arguments and the
 * world's salt, so that the judge and all subgraphs tell of the same world without sharing anything.
 */
export class World {
  readonly sdl: string;
  /** The whole graph, what clients do not see included. */
  readonly schema: GraphQLSchema;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly subgraphs: ReadonlyMap<string, GraphQLSchema>;
  readonly #keyFields = new Map<string, 'whole' | 'half'>();
  /** Fields that are a key by themselves, as `Type.field`. */
  readonly #soleKeys = new Set<string>();
  readonly #entities = new Set<string>();
  /** Fields that some field set names: what throws or lies here would show elsewhere. */
  readonly #needed = new Set<string>();

  /** @param salt makes other data of the same contracts */
  constructor(
    readonly universe: Universe,
    readonly salt: number,
  ) {
    this.sdl = compose(universe);
    this.schema = buildASTSchema(parse(this.sdl), { assumeValid: true });
    const services = Object.entries(universe.subgraphs);
    this.contracts = new Map(services.map(([name, sdl]) => [name, readContract(sdl)]));
    this.subgraphs = new Map(services.map(([name, sdl]) => [name, buildSubgraphSchema({ typeDefs: parse(sdl) })]));
    for (const contract of this.contracts.values()) {
      for (const [type, { keys, fields }] of contract) {
        for (const { fields: key } of keys) this.#noteKey(type, key);
        for (const { requires, provides } of fields.values()) {
          for (const set of [requires, provides]) if (set) this.#noteNeeded(set);
        }
      }
    }
  }

  /** All entities of a type, or of the types that implement it. */
  entities(type: string): Thing[] {
    return this.#concrete(type)
      .filter((each) => this.#entities.has(each))
      .flatMap((each) => Array.from({ length: population }, (_, index) => entity(each, index)));
  }

  /** The value of a field: leaves, things, lists of them. `required` is what a subgraph was sent for `@requires`. */
  value(thing: Thing, name: string, args: Args, required?: unknown): unknown {
    const { type } = this.#field(thing.type, name);
    const facts = this.facts(thing.type, name);
    if (facts.every(({ subgraph }) => this.universe.unknown?.[subgraph]?.includes(thing.identity))) return null;
    const role = this.#keyFields.get(`${thing.type}.${name}`);
    if (role !== undefined && thing.index !== undefined) return this.#keyValue(thing, name, type, role);
    const requires = facts.find(({ field }) => field.requires)?.field.requires;
    const needs = requires && (required ?? this.pick(thing, requires));
    const seed = hash(JSON.stringify([this.salt, thing.identity, name, args, needs]));
    if (!this.#needed.has(name)) {
      if (this.universe.throws && !isNonNullType(type) && seed % 9 === 4) throw new GraphQLError(`${name} is broken`);
      if (this.universe.corrupt && seed % 7 === 3) return corrupted(seed);
    }
    return this.#make(type, seed, facts, role !== undefined || this.#needed.has(name));
  }

  /** What a field set selects of a thing, as it stands in a representation. */
  pick(value: unknown, set: SelectionSetNode): unknown {
    if (Array.isArray(value)) return value.map((item) => this.pick(item, set));
    if (!isThing(value)) return value;
    const picked: Record<string, unknown> = {};
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        if (condition !== undefined && !this.#concrete(condition).includes(value.type)) continue;
        Object.assign(picked, this.pick(value, selection.selectionSet));
      } else if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') {
        const name = selection.name.value;
        const args = getArgumentValues(this.#field(value.type, name), selection);
        const found = this.value(value, name, args);
        picked[name] = selection.selectionSet ? this.pick(found, selection.selectionSet) : found;
      }
    }
    return sorted(picked);
  }

  /** Who says what of a field: subgraphs that answer it, for the type itself or for an interface object of its. */
  facts(type: string, name: string): { subgraph: string; field: FieldContract }[] {
    const interfaces = this.#object(type)?.getInterfaces() ?? [];
    return [...this.contracts].flatMap(([subgraph, contract]) => {
      const above = interfaces.filter((each) => contract.get(each.name)?.interfaceObject).map((each) => each.name);
      return [type, ...above].flatMap((each) => {
        const field = contract.get(each)?.fields.get(name);
        return field &&
          !this.isStale(subgraph, each, name) &&
          (!field.external || this.#keyFields.has(`${type}.${name}`))
          ? [{ subgraph, field }]
          : [];
      });
    });
  }

  /** True where another subgraph has taken the field over, or where this one has not yet. */
  isStale(subgraph: string, type: string, name: string): boolean {
    const holds = (label: string | undefined) => label === undefined || (this.universe.labels ?? []).includes(label);
    const own = this.contracts.get(subgraph)!.get(type)?.fields.get(name)?.override;
    if (own && !holds(own.label)) return true;
    return [...this.contracts.values()].some((contract) => {
      const override = contract.get(type)?.fields.get(name)?.override;
      return override?.from === subgraph && holds(override.label);
    });
  }

  #make(type: GraphQLOutputType, seed: number, facts: { subgraph: string }[], needed: boolean): unknown {
    if (!isNonNullType(type) && seed % 8 === 0) return null;
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const length = (seed >>> 4) % 3;
      return Array.from({ length }, (_, i) => this.#item(nullable.ofType, hash(`${seed} ${i}`), facts, needed));
    }
    if (isLeafType(nullable)) {
      return isEnumType(nullable)
        ? nullable.getValues()[(seed >>> 3) % nullable.getValues().length]!.name
        : leafValue(nullable.name, seed);
    }
    const types = this.#answerable(getNamedType(type).name, facts);
    const chosen = types[(seed >>> 5) % types.length]!;
    return this.#entities.has(chosen)
      ? entity(chosen, (seed >>> 9) % population)
      : { type: chosen, identity: `v${seed}`, index: undefined };
  }

  #item(type: GraphQLOutputType, seed: number, facts: { subgraph: string }[], needed: boolean): unknown {
    if (this.universe.corrupt && !needed && seed % 11 === 3) return corrupted(seed);
    return this.#make(type, seed, facts, needed);
  }

  /** Keys tell entities apart: parts of compound keys only together, and null may be such a part. */
  #keyValue(
    { type, identity, index }: Thing,
    name: string,
    fieldType: GraphQLOutputType,
    role: 'whole' | 'half',
  ): unknown {
    const [number, last] = role === 'half' ? [index! >> 1, (population - 1) >> 1] : [index!, population - 1];
    if (number === last && !isNonNullType(fieldType) && !this.#soleKeys.has(`${type}.${name}`)) return null;
    const nullable = getNullableType(fieldType);
    const named = getNamedType(fieldType);
    const one = () => {
      if (isCompositeType(named)) {
        const [first] = this.#concrete(named.name);
        return this.#entities.has(first!)
          ? entity(first!, number % population)
          : { type: first!, identity: `${identity}.${name}`, index: undefined };
      }
      if (isEnumType(named)) return named.getValues()[number % named.getValues().length]!.name;
      return named.name === 'Int' ? number : `${type}-${name}-${number}`;
    };
    return isListType(nullable) ? [one()] : one();
  }

  /** Types that everybody who answers a field can name. */
  #answerable(type: string, facts: readonly { subgraph: string }[]): string[] {
    const known = facts.map(({ subgraph }) => {
      const schema = this.subgraphs.get(subgraph)!;
      const local = schema.getType(type);
      return local && isAbstractType(local) ? schema.getPossibleTypes(local).map(({ name }) => name) : undefined;
    });
    return this.#concrete(type).filter((each) => known.every((names) => !names || names.includes(each)));
  }

  #concrete(type: string): string[] {
    const found = this.schema.getType(type);
    return found && isAbstractType(found) ? this.schema.getPossibleTypes(found).map(({ name }) => name) : [type];
  }

  #object(type: string): GraphQLObjectType | undefined {
    const found = this.schema.getType(type);
    return isObjectType(found) ? found : undefined;
  }

  /** A field as everybody can keep it: not null where one subgraph promises so. */
  #field(type: string, name: string): GraphQLField<unknown, unknown> {
    const field = this.#object(type)?.getFields()[name];
    if (!field) throw new Error(`${this.universe.name} has no ${type}.${name}`);
    if (isNonNullType(field.type)) return field;
    const strict = [...this.subgraphs.values()].map((schema) => {
      const local = schema.getType(type);
      return isObjectType(local) || isInterfaceType(local) ? local.getFields()[name]?.type : undefined;
    });
    const found = strict.find((each) => each && isNonNullType(each));
    return found ? { ...field, type: found } : field;
  }

  #noteKey(type: string, key: SelectionSetNode, nested = false): void {
    const concrete = this.#concrete(type);
    if (!nested) concrete.forEach((each) => this.#entities.add(each));
    this.#noteNeeded(key);
    key.selections.forEach((selection, i) => {
      if (selection.kind !== Kind.FIELD) return;
      const name = selection.name.value;
      const role = i === 0 && key.selections.length > 1 && !nested ? 'half' : 'whole';
      for (const each of concrete) {
        if (this.#keyFields.get(`${each}.${name}`) !== 'whole') this.#keyFields.set(`${each}.${name}`, role);
        if (key.selections.length === 1) this.#soleKeys.add(`${each}.${name}`);
      }
      if (!selection.selectionSet) return;
      const below = getNamedType(this.#object(concrete[0]!)!.getFields()[name]!.type).name;
      this.#noteKey(below, selection.selectionSet, true);
    });
  }

  #noteNeeded(set: SelectionSetNode): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) this.#needed.add(selection.name.value);
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) this.#noteNeeded(selection.selectionSet);
    }
  }
}

function entity(type: string, index: number): Thing {
  return { type, identity: `${type}#${index}`, index };
}

/** An object with its members in the order of their names. */
export function sorted(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
