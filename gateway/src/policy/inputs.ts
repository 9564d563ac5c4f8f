import type {
  FieldNode,
  GraphQLArgument,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLInputType,
  GraphQLSchema,
  ValueNode,
} from 'graphql';
import {
  Kind,
  TypeInfo,
  isAbstractType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { inputDenied } from '../errors.js';
import { everyone } from '../planning/guard.js';
import type { Operation } from '../operation/operation.js';
import type { Classification } from '../supergraph/classification.js';
import { actionOn } from './action.js';
import type { Decisions } from './decisions.js';

type Variables = Readonly<Record<string, unknown>>;

/** Something an operation may say about fields by giving an argument, where it gives one. */
interface Use {
  /** As written: `Query.residents(livesAlone:)`. */
  readonly place: string;
  readonly coordinates: readonly string[];
  /** Whether the request gives a value there, be it by a default. A null filters nothing, but it overwrites. */
  readonly isGiven: (variables: Variables) => boolean;
  readonly writes: boolean;
}

/**
 * Filtering, sorting or searching by a field tells of it. Refuses an operation that gives an argument which uses a field
 * that its asker may not read in every row that they see; or, at the root of mutations, may not write in any row.
 */
export class Inputs {
  readonly #uses = new WeakMap<Operation, readonly Use[]>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly classification: Classification,
  ) {}

  /** @throws Refusal that names the argument and the field */
  check(operation: Operation, variables: Variables, decisions: Decisions): void {
    let uses = this.#uses.get(operation);
    if (!uses) this.#uses.set(operation, (uses = this.#collect(operation)));
    for (const { place, coordinates, isGiven, writes } of uses) {
      if (!isGiven(variables)) continue;
      const refused = coordinates.find((coordinate) => !mayUse(coordinate, writes, decisions));
      if (refused !== undefined) throw inputDenied(place, isKnown(refused, decisions) ? refused : undefined, writes);
    }
  }

  #collect(operation: Operation): readonly Use[] {
    const uses: Use[] = [];
    const info = new TypeInfo(this.schema);
    const { definition } = operation;
    const fragments = operation.document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    visit(
      { kind: Kind.DOCUMENT, definitions: [definition, ...fragments] } as const,
      visitWithTypeInfo(info, {
        Field: (node: FieldNode) => {
          const [parent, field] = [info.getParentType(), info.getFieldDef()];
          if (!parent || !field) return;
          for (const argument of field.args) {
            const value = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
            if (value || argument.defaultValue !== undefined)
              uses.push(...this.#usesOf(parent, field, argument, value));
          }
        },
      }),
    );
    return uses;
  }

  /** Uses of an argument and, where it takes an input object, of the fields of that. */
  #usesOf(
    parent: GraphQLCompositeType,
    field: GraphQLField<unknown, unknown>,
    { name, type, defaultValue }: GraphQLArgument,
    node: ValueNode | undefined,
  ): Use[] {
    const place = `${parent.name}.${field.name}(${name}:)`;
    const writes = actionOn(parent.name, this.schema) === 'write';
    const answering = isAbstractType(parent) ? [parent, ...this.schema.getPossibleTypes(parent)] : [parent];
    const coordinates = answering.flatMap((each) => this.classification.usesOf(each.name, field.name, name));
    const read = (variables: Variables): unknown => {
      const value = node && valueOf(node, variables);
      return value === undefined ? defaultValue : value;
    };
    const uses = [...this.#fieldsOf(getNamedType(type).name)].map(([coordinate, used]): Use => ({
      place: `${place} ${coordinate}`,
      coordinates: used,
      isGiven: (variables) => names(type, read(variables), coordinate, writes),
      writes,
    }));
    if (coordinates.length === 0) return uses;
    return [{ place, coordinates, isGiven: (variables) => isValue(read(variables), writes), writes }, ...uses];
  }

  /** What the fields of an input object use, and those of the input objects below it. */
  #fieldsOf(inputType: string, found = new Map<string, readonly string[]>(), seen = new Set<string>()) {
    const definition = this.schema.getType(inputType);
    if (!isInputObjectType(definition) || seen.has(inputType)) return found;
    seen.add(inputType);
    for (const field of Object.values(definition.getFields())) {
      const coordinates = this.classification.usesOfInput(inputType, field.name);
      if (coordinates.length) found.set(`${inputType}.${field.name}`, coordinates);
      this.#fieldsOf(getNamedType(field.type).name, found, seen);
    }
    return found;
  }
}

/** Whether a field is in the graph of whom it is decided for. */
function isKnown(coordinate: string, { schema }: Decisions): boolean {
  const [type = '', field = ''] = coordinate.split('.');
  const definition = schema.getType(type);
  const hasFields = isObjectType(definition) || isInterfaceType(definition);
  return hasFields && definition.getFields()[field] !== undefined;
}

function mayUse(coordinate: string, writes: boolean, decisions: Decisions): boolean {
  const [type = '', field = ''] = coordinate.split('.');
  if (writes) return decisions.mayWrite(type, field);
  const seen = decisions.visible(type);
  const { allow } = decisions.field(type, field);
  return seen === 0 ? (allow & everyone) === everyone : (seen & ~allow) === 0;
}

/** A null filters nothing, but what it is written to is gone. */
function isValue(value: unknown, writes: boolean): boolean {
  return value !== undefined && (writes || value !== null);
}

/** A value as the request gives it; enums as their names. */
function valueOf(value: ValueNode, variables: Variables): unknown {
  switch (value.kind) {
    case Kind.VARIABLE:
      return variables[value.name.value];
    case Kind.NULL:
      return null;
    case Kind.LIST:
      return value.values.map((item) => valueOf(item, variables));
    case Kind.OBJECT:
      return Object.fromEntries(value.fields.map((field) => [field.name.value, valueOf(field.value, variables)]));
    default:
      return value.value;
  }
}

/** True where a value of an input type gives a field of an input object, at any depth. */
function names(type: GraphQLInputType, value: unknown, coordinate: string, writes: boolean): boolean {
  if (value == null) return false;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items.some((item) => names(nullable.ofType, item, coordinate, writes));
  }
  if (!isInputObjectType(nullable) || typeof value !== 'object') return false;
  return Object.values(nullable.getFields()).some((field) => {
    const given = (value as Record<string, unknown>)[field.name];
    const inner = given === undefined ? field.defaultValue : given;
    if (`${nullable.name}.${field.name}` === coordinate && isValue(inner, writes)) return true;
    return names(field.type, inner, coordinate, writes);
  });
}
