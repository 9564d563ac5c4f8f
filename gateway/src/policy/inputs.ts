import type { ArgumentNode, GraphQLInputType, GraphQLSchema, ValueNode } from 'graphql';
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
import type { Decisions } from './decisions.js';

type Variables = Readonly<Record<string, unknown>>;

/** Something an operation may say about fields by giving an argument, where it gives one. */
interface Use {
  /** As written: `Query.residents(livesAlone:)`. */
  readonly place: string;
  readonly coordinates: readonly string[];
  /** Whether the request gives a value there. A null filters nothing. */
  readonly isGiven: (variables: Variables) => boolean;
  readonly writes: boolean;
}

/**
 * Filtering, sorting or searching by a field tells of it, and so does writing it. Refuses an operation that gives an
 * argument which uses a field that its asker may not read in every row that they see, or may not write.
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
        Argument: (node: ArgumentNode) => {
          const [parent, field, argument] = [info.getParentType(), info.getFieldDef(), info.getArgument()];
          if (!parent || !field || !argument) return;
          const place = `${parent.name}.${field.name}(${argument.name}:)`;
          const isMutation = parent === this.schema.getMutationType();
          const answering = isAbstractType(parent) ? [parent, ...this.schema.getPossibleTypes(parent)] : [parent];
          const coordinates = answering.flatMap(({ name }) =>
            this.classification.usesOf(name, field.name, argument.name),
          );
          if (coordinates.length) {
            uses.push({ place, coordinates, isGiven: (variables) => given(node.value, variables), writes: isMutation });
          }
          uses.push(...this.#below(argument.type, node.value, place, isMutation));
        },
      }),
    );
    return uses;
  }

  /** Uses of the fields of an input object, wherever in the argument's value it is. */
  #below(type: GraphQLInputType, value: ValueNode, place: string, writes: boolean): Use[] {
    const found = new Map<string, readonly string[]>();
    const seen = new Set<string>();
    const survey = (named: string): void => {
      const definition = this.schema.getType(named);
      if (!isInputObjectType(definition) || seen.has(named)) return;
      seen.add(named);
      for (const field of Object.values(definition.getFields())) {
        const coordinates = this.classification.usesOfInput(named, field.name);
        if (coordinates.length) found.set(`${named}.${field.name}`, coordinates);
        survey(getNamedType(field.type).name);
      }
    };
    survey(getNamedType(type).name);
    return [...found].map(([coordinate, coordinates]) => ({
      place: `${place} ${coordinate}`,
      coordinates,
      isGiven: (variables) => names(type, valueOf(value, variables), coordinate),
      writes,
    }));
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

function given(value: ValueNode, variables: Variables): boolean {
  return valueOf(value, variables) != null;
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
function names(type: GraphQLInputType, value: unknown, coordinate: string): boolean {
  if (value == null) return false;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items.some((item) => names(nullable.ofType, item, coordinate));
  }
  if (!isInputObjectType(nullable) || typeof value !== 'object') return false;
  return Object.values(nullable.getFields()).some((field) => {
    const inner = (value as Record<string, unknown>)[field.name] ?? field.defaultValue;
    if (inner == null) return false;
    return `${nullable.name}.${field.name}` === coordinate || names(field.type, inner, coordinate);
  });
}
