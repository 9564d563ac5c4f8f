import type { GraphQLCompositeType, GraphQLField, GraphQLInputType, GraphQLSchema } from 'graphql';
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
  validate,
} from 'graphql';
import type { Random } from '../../support/random.js';
import { pickOne, randomInteger } from '../../support/random.js';

/** Names that clients may give to anything; fields of the graph among them, so that they get into each other's way. */
const aliases = ['id', 'name', 'phone', 'about', 'person', 'home', 'a', 'b'];

export interface Drawing {
  /** Levels of fields below the root. */
  readonly deepest: number;
  /** Types that are worth to be led to: of the fields that there are to choose from, those are chosen mostly. */
  readonly towards?: ReadonlySet<string>;
}

/** A random valid query: nested, aliased, with fragments of both kinds, through interfaces and unions. */
export function drawOperation(random: Random, schema: GraphQLSchema, drawing: Drawing = { deepest: 4 }): string {
  for (;;) {
    const text = draw(random, schema, drawing);
    if (validate(schema, parse(text)).length === 0) return text;
  }
}

function draw(random: Random, schema: GraphQLSchema, { deepest, towards }: Drawing): string {
  const fragments: string[] = [];
  const selections = (parent: GraphQLCompositeType, depth: number): string =>
    `{ ${Array.from({ length: randomInteger(random, 1, depth > 2 ? 2 : 4) }, () => selection(parent, depth)).join(' ')} }`;
  const selection = (parent: GraphQLCompositeType, depth: number): string => {
    if (depth < deepest && depth > 0 && random() < (isAbstractType(parent) ? 0.6 : 0.15))
      return fragment(parent, depth);
    const fields = isObjectType(parent) || isInterfaceType(parent) ? Object.values(parent.getFields()) : [];
    const usable = fields.filter((field) => depth < deepest || !isCompositeType(getNamedType(field.type)));
    const alias = random() < 0.25 ? `${pickOne(random, aliases)}: ` : '';
    if (usable.length === 0 || random() < 0.05) return `${alias}__typename`;
    const leading = towards ? usable.filter((field) => towards.has(getNamedType(field.type).name)) : [];
    const field = pickOne(random, leading.length > 0 && random() < 0.6 ? leading : usable);
    const below = getNamedType(field.type);
    return `${alias}${field.name}${argumentsOf(field)}${isCompositeType(below) ? ` ${selections(below, depth + 1)}` : ''}`;
  };
  const fragment = (parent: GraphQLCompositeType, depth: number): string => {
    const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
    const on = pickOne(random, [parent, ...possible, ...possible.flatMap((each) => each.getInterfaces())]);
    const body = selections(on, depth + 1);
    if (random() < 0.5) return `... on ${on.name} ${body}`;
    return `...F${fragments.push(`fragment F${fragments.length} on ${on.name} ${body}`) - 1}`;
  };
  const body = selections(schema.getQueryType()!, 0);
  return `query ${body}\n${fragments.join('\n')}`;
}

/** What must be given, given somehow: what the departments of the oracle answer does not depend on it. */
function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(isRequiredArgument).map(({ name, type }) => `${name}: ${literal(type)}`);
  return given.length > 0 ? `(${given.join(', ')})` : '';
}

function literal(type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return '[]';
  if (isEnumType(nullable)) return nullable.getValues()[0]!.name;
  if (!isInputObjectType(nullable))
    return numbers.includes(nullable.name) ? '1' : nullable.name === 'Boolean' ? 'true' : '"1"';
  const fields = Object.values(nullable.getFields()).filter(isRequiredInputField);
  return `{ ${fields.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
}

const numbers = ['Int', 'Float'];
