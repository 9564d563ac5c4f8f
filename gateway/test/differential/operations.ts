import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isInterfaceType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** An operation and its variables, as a client sends them. */
export interface Generated {
  query: string;
  variables: Record<string, unknown>;
}

const conditionVariables = ['$yes', '$no'];

/**
 * Random operations over a schema: nested, aliased, with fragments, arguments as literals and variables, conditions.
 * Aliases are picked from the schema's own field names, keys and requirements among them. Some are not valid (a name
 * used twice for different things); callers validate and skip those.
 */
export function operations(schema: GraphQLSchema, root: 'query' | 'mutation' = 'query'): fc.Arbitrary<Generated> {
  const type = root === 'query' ? schema.getQueryType()! : schema.getMutationType()!;
  const fieldNames = [
    ...new Set(
      Object.values(schema.getTypeMap())
        .filter((each) => !each.name.startsWith('__') && (isObjectType(each) || isInterfaceType(each)))
        .flatMap((each) => Object.keys((each as GraphQLCompositeType & { getFields(): object }).getFields())),
    ),
    '__typename_',
    'a',
    'b',
  ];
  return fc.gen().map((g) => {
    const fragments: string[] = [];
    const number = (max: number): number => g(fc.nat, max);
    const choose = <T>(items: readonly T[]): T => items[number(items.length - 1)]!;
    const oneIn = (n: number) => number(n - 1) === 0;

    const literal = (input: GraphQLInputType): string => {
      if (isNonNullType(input)) return literal(input.ofType);
      if (oneIn(8)) return 'null';
      return nonNullLiteral(input);
    };
    const nonNullLiteral = (input: GraphQLInputType): string => {
      const nullable = getNullableType(input);
      if (isListType(nullable)) return `[${literal(nullable.ofType)}]`;
      if (isEnumType(nullable)) return choose(nullable.getValues()).name;
      if (isInputObjectType(nullable)) {
        return `{${Object.values(nullable.getFields())
          .map((field) => `${field.name}: ${nonNullLiteral(field.type)}`)
          .join(', ')}}`;
      }
      switch (getNamedType(nullable).name) {
        case 'Int':
          return String(number(3));
        case 'Boolean':
          return choose(['true', 'false']);
        case 'ID':
          return JSON.stringify(choose(['p0', 'p1', 'a0', '1']));
        default:
          return JSON.stringify(choose(['CNY', 'USD', 'EUR', 'zh']));
      }
    };
    const argument = ({ name, type: input, defaultValue }: GraphQLArgument): string | undefined => {
      if (!isNonNullType(input) && oneIn(3)) return undefined;
      if (String(input) === 'Int' && oneIn(3)) return `${name}: $n`;
      if (String(input) === 'String' && oneIn(3)) return `${name}: $s`;
      if (defaultValue !== undefined && oneIn(3)) return undefined;
      return `${name}: ${isNonNullType(input) ? nonNullLiteral(input.ofType) : literal(input)}`;
    };
    const condition = (): string => {
      if (!oneIn(12)) return '';
      const value = choose([...conditionVariables, 'true', 'false']);
      return ` @${choose(['skip', 'include'])}(if: ${value})`;
    };
    const selections = (parent: GraphQLCompositeType, depth: number): string => {
      const lines: string[] = [];
      const count = 1 + number(depth > 3 ? 1 : 3);
      for (let i = 0; i < count; i++) lines.push(selection(parent, depth));
      return `{ ${lines.join(' ')} }`;
    };
    const selection = (parent: GraphQLCompositeType, depth: number): string => {
      if (depth < 6 && oneIn(6)) {
        const types = isAbstractType(parent)
          ? [...schema.getPossibleTypes(parent), parent, ...interfacesMeeting(parent)]
          : [parent, ...parent.getInterfaces()];
        const on = choose(types);
        const body = selections(on, depth + 1);
        if (oneIn(2)) return `... ${oneIn(3) && on === parent ? '' : `on ${on.name}`}${condition()} ${body}`;
        fragments.push(`fragment F${fragments.length} on ${on.name} ${body}`);
        return `...F${fragments.length - 1}${condition()}`;
      }
      const fields = isObjectType(parent) || isInterfaceType(parent) ? Object.values(parent.getFields()) : [];
      const usable = depth < 6 ? fields : fields.filter((field) => !isCompositeType(getNamedType(field.type)));
      const alias = oneIn(4) ? `${choose(fieldNames)}: ` : '';
      if (usable.length === 0 || oneIn(10)) return `${alias}__typename${condition()}`;
      const field = choose(usable);
      const args = field.args.map(argument).filter((each) => each !== undefined);
      const below = getNamedType(field.type);
      return `${alias}${field.name}${args.length ? `(${args.join(', ')})` : ''}${condition()}${isCompositeType(below) ? ` ${selections(below, depth + 1)}` : ''}`;
    };
    const interfacesMeeting = (parent: GraphQLCompositeType): GraphQLCompositeType[] => {
      const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [];
      return [...new Set(possible.flatMap((each) => each.getInterfaces()))];
    };
    const body = selections(type, 0);
    const text = `${body}\n${fragments.join('\n')}`;
    const declared = [
      text.includes('$n') ? '$n: Int' : '',
      text.includes('$s') ? '$s: String = "EUR"' : '',
      text.includes('$yes') ? '$yes: Boolean!' : '',
      text.includes('$no') ? '$no: Boolean! = false' : '',
    ].filter(Boolean);
    const variables: Record<string, unknown> = {};
    if (text.includes('$n')) variables['n'] = choose([0, 1, 2, null]);
    if (text.includes('$s') && oneIn(2)) variables['s'] = choose(['USD', 'CNY']);
    if (text.includes('$yes')) variables['yes'] = !oneIn(3);
    if (text.includes('$no') && oneIn(3)) variables['no'] = true;
    return { query: `${root}${declared.length ? ` (${declared.join(', ')})` : ''} ${text}`, variables };
  });
}
