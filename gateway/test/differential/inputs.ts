import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputType,
} from 'graphql';

/** A value as a variable has it: an enum's value is a string. */
type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Arguments of one random operation: literals, and variables that are declared on the way. */
export class Inputs {
  readonly #declared = new Map<string, { type: GraphQLInputType; initial: string | undefined }>();
  readonly #conditions = new Map<string, boolean>();

  /** @param number gives a random number from 0 to the one given */
  constructor(readonly number: (max: number) => number) {}

  /** A value for an argument. */
  text(type: GraphQLInputType, inList = false): string {
    if (this.#oneIn(3)) return this.#variable(type, inList);
    if (isNonNullType(type)) return this.#literal(type.ofType);
    return this.#oneIn(8) ? 'null' : this.#literal(type);
  }

  /** The value of an `if`. */
  condition(): string {
    const name = this.#choose(['yes', 'no', 'true', 'false']);
    if (name === 'true' || name === 'false') return name;
    this.#conditions.set(name, name === 'no');
    return `$${name}`;
  }

  declarations(): string {
    const all = [
      ...[...this.#declared].map(
        ([name, { type, initial }]) => `$${name}: ${String(type)}${initial === undefined ? '' : ` = ${initial}`}`,
      ),
      ...[...this.#conditions].map(([name, optional]) => `$${name}: Boolean!${optional ? ' = false' : ''}`),
    ];
    return all.length ? ` (${all.join(', ')})` : '';
  }

  /** One more set of values for all variables; those that may be left out sometimes are. */
  assignment(): Record<string, Json> {
    const values: Record<string, Json> = {};
    for (const [name, { type, initial }] of this.#declared) {
      const optional = !isNonNullType(type) || initial !== undefined;
      if (!(optional && this.#oneIn(4))) values[name] = this.#json(type);
    }
    for (const [name, optional] of this.#conditions) if (!optional || this.#oneIn(3)) values[name] = this.#oneIn(2);
    return values;
  }

  #variable(type: GraphQLInputType, inList: boolean): string {
    const name = `v${this.#declared.size}`;
    const initial = this.#oneIn(3) && !inList ? this.#literalOnly(getNullableType(type)) : undefined;
    this.#declared.set(name, { type, initial });
    return `$${name}`;
  }

  #literal(type: GraphQLInputType): string {
    const nullable = getNullableType(type);
    if (isListType(nullable))
      return this.#oneIn(4) ? this.#inner(nullable.ofType) : `[${this.text(nullable.ofType, true)}]`;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(
        (field) => isRequiredInputField(field) || !this.#oneIn(3),
      );
      return `{${fields.map((field) => `${field.name}: ${this.text(field.type)}`).join(', ')}}`;
    }
    return this.#literalOnly(nullable);
  }

  /** One item in place of a list. */
  #inner(type: GraphQLInputType): string {
    return this.#literalOnly(getNullableType(type));
  }

  /** A literal without variables, as default values must be. */
  #literalOnly(type: GraphQLInputType): string {
    return literalOf(this.#json(type, false), type);
  }

  #json(type: GraphQLInputType, nulls = true): Json {
    if (isNonNullType(type)) return this.#json(type.ofType, false);
    if (nulls && this.#oneIn(6)) return null;
    if (isListType(type)) return Array.from({ length: this.number(2) }, () => this.#json(type.ofType));
    if (isEnumType(type)) return this.#choose(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isRequiredInputField(field) || this.#oneIn(2));
      return Object.fromEntries(fields.map((field) => [field.name, this.#json(field.type)]));
    }
    switch (getNamedType(type).name) {
      case 'Int':
        return this.number(3);
      case 'Float':
        return this.number(6) / 2;
      case 'Boolean':
        return this.#oneIn(2);
      default:
        return this.#choose(['1', 'CNY', 'a "b"\n', '中文']);
    }
  }

  #choose<T>(items: readonly T[]): T {
    return items[this.number(items.length - 1)]!;
  }

  #oneIn(n: number): boolean {
    return this.number(n - 1) === 0;
  }
}

function literalOf(value: Json, type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (value === null) return 'null';
  if (isListType(nullable)) return `[${(value as Json[]).map((item) => literalOf(item, nullable.ofType)).join(', ')}]`;
  if (isEnumType(nullable)) return value as string;
  if (isInputObjectType(nullable)) {
    const members = Object.entries(value as { [name: string]: Json });
    return `{${members.map(([name, each]) => `${name}: ${literalOf(each, nullable.getFields()[name]!.type)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}
