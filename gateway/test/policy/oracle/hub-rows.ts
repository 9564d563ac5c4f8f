import type { GraphQLOutputType, GraphQLSchema } from 'graphql';
import { getNamedType, isAbstractType, isEnumType, isListType, isNonNullType, isObjectType } from 'graphql';
import type { Random } from '../../support/random.js';
import { pickOne, randomInteger } from '../../support/random.js';
import { people, places, staff } from './people.js';
import type { Facts, Protections } from './protection.js';
import type { Thing, Truth } from './rows.js';

/** Rows of each entity: few, so that the same row is met in several places. */
const rowsOfEntity = people.length;
const missing = 0.1;

type Draft = { __typename: string } & Record<string, unknown>;
type Fact = keyof Facts;
type Draw = (random: Random, object: (type: string) => Draft) => unknown;

interface Field {
  readonly name: string;
  readonly value: Draw;
}

const factValues: Readonly<Record<Fact, (random: Random) => unknown>> = {
  subject: (random) => pickOne(random, people),
  assigned: (random) => pickOne(random, staff),
  community: (random) => pickOne(random, places),
  minor: (random) => random() < 0.3,
};

/** Texts that masks make something of, by scalar. */
const scalarValues: Readonly<Record<string, (random: Random) => unknown>> = {
  Int: (random) => randomInteger(random, 0, 99),
  Float: (random) => randomInteger(random, 0, 99) / 4,
  Boolean: (random) => random() < 0.5,
  Year: (random) => randomInteger(random, 1990, 2025),
  Date: (random) => `19${randomInteger(random, 10, 99)}-0${randomInteger(random, 1, 9)}-11`,
  DateTime: (random) => `20${randomInteger(random, 10, 25)}-0${randomInteger(random, 1, 9)}-11T09:30:00Z`,
  PhoneNumber: (random) => `138${randomInteger(random, 10_000_000, 99_999_999)}`,
};

const numbers = new Set(['Int', 'Float', 'Year']);

/** Whatever there may be in a graph: its types and their fields, as the departments together know them. */
export class HubRows {
  /** Types by field, from each department that has it. */
  readonly #types = new Map<string, Map<string, GraphQLOutputType>>();
  readonly #objects = new Set<string>();
  readonly #possible = new Map<string, Set<string>>();
  readonly #made = new Map<string, readonly Field[]>();
  /** Fields at whose values the facts of rows are. */
  readonly #facts = new Map<string, Fact>();

  constructor(
    schemas: readonly GraphQLSchema[],
    /** Fields that are keys, by type. */
    readonly keys: ReadonlyMap<string, ReadonlySet<string>>,
    protections: Protections,
  ) {
    for (const schema of schemas) {
      for (const type of Object.values(schema.getTypeMap())) {
        if (isAbstractType(type)) {
          const possible = this.#possible.get(type.name) ?? new Set<string>();
          for (const each of schema.getPossibleTypes(type)) possible.add(each.name);
          this.#possible.set(type.name, possible);
        }
        if (!isObjectType(type) || type.name.startsWith('_')) continue;
        this.#objects.add(type.name);
        const fields = this.#types.get(type.name) ?? new Map<string, GraphQLOutputType>();
        for (const field of Object.values(type.getFields())) {
          // The strictest promise that a department makes is kept.
          if (!fields.has(field.name) || isNonNullType(field.type)) fields.set(field.name, field.type);
        }
        this.#types.set(type.name, fields);
      }
    }
    for (const type of this.#types.keys()) {
      const facts = protections.factsOf(type);
      for (const fact of facts ? (Object.keys(factValues) as Fact[]) : []) {
        for (const path of facts![fact]) this.#note(type, path, fact);
      }
    }
  }

  /** Random rows of everything, and roots that lead to them. */
  draw(random: Random): Truth {
    const rows = new Map<string, Draft[]>();
    for (const [type, keys] of this.keys) {
      if (!this.#objects.has(type)) continue;
      rows.set(
        type,
        Array.from({ length: rowsOfEntity }, (_, i) => {
          const row: Draft = { __typename: type };
          for (const key of keys) row[key] = this.#key(type, key, i);
          return row;
        }),
      );
    }
    const make = (type: string, row: Draft = { __typename: type }): Draft => {
      for (const { name, value } of this.#fieldsOf(type)) if (!(name in row)) row[name] = value(random, object);
      return row;
    };
    const object = (type: string): Draft => (rows.has(type) ? pickOne(random, rows.get(type)!) : make(type));
    for (const [type, all] of rows) for (const row of all) make(type, row);
    const byKey = new Map<string, Thing>();
    for (const [type, all] of rows) all.forEach((row, i) => byKey.set(`${type} ${i}`, row));
    return { root: make('Query'), byKey };
  }

  /** How the fields of a type are drawn, worked out once. */
  #fieldsOf(type: string): readonly Field[] {
    let fields = this.#made.get(type);
    if (!fields) {
      fields = [...this.#types.get(type)!].map(([name, declared]) => ({
        name,
        value: this.#valueOf(declared, `${type}.${name}`),
      }));
      this.#made.set(type, fields);
    }
    return fields;
  }

  #valueOf(type: GraphQLOutputType, coordinate: string): Draw {
    if (isNonNullType(type)) return this.#certain(type.ofType, coordinate);
    const certain = this.#certain(type, coordinate);
    return (random, object) => (random() < missing ? null : certain(random, object));
  }

  #certain(type: GraphQLOutputType, coordinate: string): Draw {
    if (isNonNullType(type)) return this.#certain(type.ofType, coordinate);
    if (isListType(type)) {
      const item = this.#valueOf(type.ofType, coordinate);
      return (random, object) => Array.from({ length: randomInteger(random, 0, 2) }, () => item(random, object));
    }
    const fact = this.#facts.get(coordinate);
    if (fact) return factValues[fact];
    const { name } = getNamedType(type);
    const possible = [...(this.#possible.get(name) ?? [name])].filter((each) => this.#objects.has(each));
    if (possible.length > 0) return (random, object) => object(pickOne(random, possible));
    if (isEnumType(type)) {
      const values = type.getValues().map((each) => each.name);
      return (random) => pickOne(random, values);
    }
    return scalarValues[name] ?? ((random) => `${coordinate} ${randomInteger(random, 0, 99)}`);
  }

  /** A key's value: no two rows have the same, and where it is a fact, it is one that askers are related by. */
  #key(type: string, name: string, i: number): unknown {
    const fact = this.#facts.get(`${type}.${name}`);
    if (fact === 'subject') return people[i];
    if (fact === 'community') return places[i];
    const declared = this.#types.get(type)!.get(name);
    return declared && numbers.has(getNamedType(declared).name) ? i : `${type}-${name}-${i}`;
  }

  #note(type: string, [name = '', ...rest]: readonly string[], fact: Fact): void {
    const declared = this.#types.get(type)?.get(name);
    if (rest.length === 0 || !declared) this.#facts.set(`${type}.${name}`, fact);
    else this.#note(getNamedType(declared).name, rest, fact);
  }
}
