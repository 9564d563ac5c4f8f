import fc from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import { Inputs } from './inputs.js';

/** An operation and several sets of variables for it, as a client sends them. */
export interface Generated {
  query: string;
  assignments: Record<string, unknown>[];
}

/** Sets of variables for each operation. */
const assignmentsPerOperation = 3;

/** Depth from which only leaves are selected. */
const deepest = 6;

/**
 * Random operations over a schema: nested, aliased, with fragments, arguments as literals and variables, conditions.
 * Aliases are picked from the schema's own field names, keys and requirements among them. Some are not valid (a name
 * used twice for different things); callers validate and skip those.
 */
export function operations(schema: GraphQLSchema, root: 'query' | 'mutation' = 'query'): fc.Arbitrary<Generated> {
  const type = root === 'query' ? schema.getQueryType()! : schema.getMutationType()!;
  const aliases = [...fieldNames(schema), '__typename_', 'a', 'b'];
  return fc.gen().map((g) => {
    const fragments: string[] = [];
    const number = (max: number): number => g(fc.nat, max);
    const choose = <T>(items: readonly T[]): T => items[number(items.length - 1)]!;
    const oneIn = (n: number) => number(n - 1) === 0;
    const inputs = new Inputs(number);

    const argument = ({ name, type: input, defaultValue }: GraphQLArgument): string | undefined => {
      const optional = !String(input).endsWith('!') || defaultValue !== undefined;
      return optional && oneIn(3) ? undefined : `${name}: ${inputs.text(input)}`;
    };
    const condition = (): string => {
      if (!oneIn(12)) return '';
      return ` @${choose(['skip', 'include'])}(if: ${inputs.condition()})`;
    };
    const selections = (parent: GraphQLCompositeType, depth: number): string => {
      const count = 1 + number(depth > 3 ? 1 : 3);
      return `{ ${Array.from({ length: count }, () => selection(parent, depth)).join(' ')} }`;
    };
    const selection = (parent: GraphQLCompositeType, depth: number): string => {
      if (depth < deepest && oneIn(isAbstractType(parent) ? 2 : 8)) return fragment(parent, depth);
      const fields = isObjectType(parent) || isInterfaceType(parent) ? Object.values(parent.getFields()) : [];
      const usable = depth < deepest ? fields : fields.filter((field) => !isCompositeType(getNamedType(field.type)));
      const alias = oneIn(4) ? `${choose(aliases)}: ` : '';
      if (usable.length === 0 || oneIn(10)) return `${alias}__typename${condition()}`;
      const field = choose(usable);
      const args = field.args.map(argument).filter((each) => each !== undefined);
      const below = getNamedType(field.type);
      const inner = isCompositeType(below) ? ` ${selections(below, depth + 1)}` : '';
      return `${alias}${field.name}${args.length ? `(${args.join(', ')})` : ''}${condition()}${inner}`;
    };
    const fragment = (parent: GraphQLCompositeType, depth: number): string => {
      const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
      const above = possible.flatMap((each) => each.getInterfaces());
      const on = choose([...new Set<GraphQLCompositeType>([...possible, parent, ...above])]);
      const body = selections(on, depth + 1);
      if (oneIn(2)) return `... ${oneIn(3) && on === parent ? '' : `on ${on.name}`}${condition()} ${body}`;
      fragments.push(`fragment F${fragments.length} on ${on.name} ${body}`);
      return `...F${fragments.length - 1}${condition()}`;
    };

    const text = `${selections(type, 0)}\n${fragments.join('\n')}`;
    const assignments = Array.from({ length: assignmentsPerOperation }, () => inputs.assignment());
    return { query: `${root}${inputs.declarations()} ${text}`, assignments };
  });
}

function fieldNames(schema: GraphQLSchema): Set<string> {
  return new Set(
    Object.values(schema.getTypeMap())
      .filter((each) => !each.name.startsWith('__') && (isObjectType(each) || isInterfaceType(each)))
      .flatMap((each) => Object.keys((each as GraphQLCompositeType & { getFields(): object }).getFields())),
  );
}
