import type {
  ConstDirectiveNode,
  ConstValueNode,
  DefinitionNode,
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  InterfaceTypeExtensionNode,
  ObjectTypeDefinitionNode,
  ObjectTypeExtensionNode,
  SelectionSetNode,
} from 'graphql';
import { Kind, parse, valueFromASTUntyped } from 'graphql';
import type { MaskMethod } from '../../../src/supergraph/classification.js';
import type { Contracts } from './contracts.js';

/** What the contracts say of one field, read from them as they were written and not as they were composed. */
export interface Protection {
  readonly coordinate: string;
  readonly level: string;
  readonly sharing: string;
  readonly mask: MaskMethod | undefined;
  readonly sealed: boolean;
  readonly departments: readonly string[];
  readonly interfaces: readonly string[];
  readonly authenticated: boolean;
  /** Each must be met, by any one of its sets. */
  readonly scopes: readonly (readonly (readonly string[])[])[];
  readonly policies: readonly (readonly (readonly string[])[])[];
  /** Fields that it is computed of, and whether of the same row. */
  readonly computedOf: readonly { readonly coordinate: string; readonly sameRow: boolean }[];
}

export interface Facts {
  readonly subject: readonly string[][];
  readonly community: readonly string[][];
  readonly assigned: readonly string[][];
  readonly minor: readonly string[][];
}

export interface Protections {
  of(coordinate: string): Protection;
  factsOf(this: void, type: string): Facts | undefined;
  readonly coordinates: readonly string[];
}

interface Place {
  readonly department: string;
  readonly directives: readonly ConstDirectiveNode[];
}

interface Declared extends Place {
  readonly node: FieldDefinitionNode;
}

const order = { level: ['L1', 'L2', 'L3', 'L4'], sharing: ['UNCONDITIONAL', 'CONDITIONAL', 'NONE'] };

/** Reads contracts in the most literal way. */
export function readProtections(contracts: Contracts): Protections {
  const types = new Map<string, Place[]>();
  const interfacesOf = new Map<string, Set<string>>();
  const fields = new Map<string, Declared[]>();
  const composite = new Set<string>();
  for (const [department, sdl] of Object.entries(contracts)) {
    for (const definition of parse(sdl).definitions) {
      if (definition.kind === Kind.UNION_TYPE_DEFINITION) composite.add(definition.name.value);
      if (!isFielded(definition)) continue;
      const type = definition.name.value;
      composite.add(type);
      types.set(type, [...(types.get(type) ?? []), { department, directives: definition.directives ?? [] }]);
      for (const { name } of definition.interfaces ?? []) {
        interfacesOf.set(type, (interfacesOf.get(type) ?? new Set()).add(name.value));
      }
      for (const node of definition.fields ?? []) {
        const coordinate = `${type}.${node.name.value}`;
        const declared = { department, directives: node.directives ?? [], node };
        fields.set(coordinate, [...(fields.get(coordinate) ?? []), declared]);
      }
    }
  }
  const returns = (coordinate: string) => namedType(fields.get(coordinate)![0]!.node);
  const factsOf = (type: string): Facts | undefined => {
    const stating = [type, ...(interfacesOf.get(type) ?? [])].flatMap((each) => types.get(each) ?? []);
    const scoped = stating.flatMap(({ directives }) => named(directives, 'scoped'));
    if (scoped.length === 0) return undefined;
    const paths = (fact: string) => scoped.flatMap((each) => pathsIn(argument(each, fact) as string | undefined));
    return {
      subject: paths('subject'),
      community: paths('community'),
      assigned: paths('assigned'),
      minor: paths('minor'),
    };
  };
  const ownOf = (coordinate: string) => {
    const [type = ''] = coordinate.split('.');
    const declared = fields.get(coordinate)!;
    const onField = statement(declared);
    const onType = statement(types.get(type)!);
    const level = onField.level ?? onType.level;
    const leaf = !composite.has(returns(coordinate));
    const conditions = [...types.get(type)!, ...declared, ...(types.get(returns(coordinate)) ?? [])].flatMap(
      ({ directives }) => directives,
    );
    return {
      level: level ?? 'L4',
      sharing:
        level === undefined
          ? 'NONE'
          : (onField.sharing ?? onType.sharing ?? (['L1', 'L2'].includes(level) ? 'UNCONDITIONAL' : 'CONDITIONAL')),
      masks: [leaf && level !== undefined ? (onField.mask ?? onType.mask) : undefined],
      sealed: level === undefined ? false : (onField.sealed ?? onType.sealed ?? false),
      authenticated: named(conditions, 'authenticated').length > 0,
      scopes: named(conditions, 'requiresScopes').map((each) => argument(each, 'scopes') as string[][]),
      policies: named(conditions, 'policy').map((each) => argument(each, 'policies') as string[][]),
    };
  };
  const computedOf = (coordinate: string, found = new Map<string, boolean>(), sameRow = true) => {
    const [type = ''] = coordinate.split('.');
    for (const { directives } of fields.get(coordinate) ?? []) {
      for (const requires of named(directives, 'requires')) {
        for (const part of selected(String(argument(requires, 'fields')), type, returns, factsOf, sameRow)) {
          const known = found.get(part.coordinate);
          if (known === false || known === part.sameRow) continue;
          found.set(part.coordinate, part.sameRow);
          computedOf(part.coordinate, found, part.sameRow);
        }
      }
    }
    return found;
  };
  const read = (coordinate: string): Protection => {
    const [type = '', field = ''] = coordinate.split('.');
    const interfaces = [...(interfacesOf.get(type) ?? [])]
      .map((each) => `${each}.${field}`)
      .filter((each) => fields.has(each));
    const implementations = [...interfacesOf]
      .filter(([, all]) => all.has(type))
      .map(([each]) => `${each}.${field}`)
      .filter((each) => fields.has(each));
    const all = [coordinate, ...interfaces, ...implementations].map(ownOf);
    return {
      coordinate,
      level: strictest(
        order.level,
        all.map(({ level }) => level),
      )!,
      sharing: strictest(
        order.sharing,
        all.map(({ sharing }) => sharing),
      )!,
      mask: oneMask(all.flatMap(({ masks }) => masks)),
      sealed: all.some(({ sealed }) => sealed),
      departments: fields
        .get(coordinate)!
        .filter(({ directives }) => named(directives, 'external').length === 0)
        .map(({ department }) => department),
      interfaces,
      authenticated: all.some(({ authenticated }) => authenticated),
      scopes: all.flatMap(({ scopes }) => scopes),
      policies: all.flatMap(({ policies }) => policies),
      computedOf: [...computedOf(coordinate)].map(([each, sameRow]) => ({ coordinate: each, sameRow })),
    };
  };
  const known = new Map([...fields.keys()].map((coordinate) => [coordinate, read(coordinate)]));
  return { of: (coordinate) => known.get(coordinate)!, factsOf, coordinates: [...known.keys()] };
}

type Fielded =
  ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeExtensionNode;

function isFielded(definition: DefinitionNode): definition is Fielded {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_EXTENSION:
      return true;
    default:
      return false;
  }
}

/** Every `@classified` of one place at once: the strictest of each argument. */
function statement(places: readonly Place[]) {
  const all = places.flatMap(({ directives }) => named(directives, 'classified'));
  const given = (name: string) => all.map((each) => argument(each, name)).filter((each) => each !== undefined);
  const sealed = given('sealed');
  return {
    level: strictest(order.level, given('level') as string[]),
    sharing: strictest(order.sharing, given('sharing') as string[]),
    mask: oneMask(given('mask') as MaskMethod[]),
    sealed: sealed.length ? sealed.includes(true) : undefined,
  };
}

function strictest(from: readonly string[], values: readonly string[]): string | undefined {
  return from.findLast((each) => values.includes(each));
}

/** Two methods for one value: neither, but nothing of it. */
function oneMask(values: readonly (MaskMethod | undefined)[]): MaskMethod | undefined {
  const methods = new Set(values.filter((each) => each !== undefined));
  return methods.size > 1 ? 'WITHHOLD' : [...methods][0];
}

/** Fields of a `@requires`; below a field that leads to a row, they are another row's. */
function* selected(
  text: string,
  type: string,
  returns: (coordinate: string) => string,
  factsOf: (type: string) => Facts | undefined,
  sameRow: boolean,
): Generator<{ coordinate: string; sameRow: boolean }> {
  const inner = function* (
    set: SelectionSetNode,
    on: string,
    same: boolean,
  ): Generator<{ coordinate: string; sameRow: boolean }> {
    for (const node of set.selections) {
      if (node.kind !== Kind.FIELD) throw new Error('Contracts of the oracle require plain fields.');
      const coordinate = `${on}.${node.name.value}`;
      yield { coordinate, sameRow: same };
      const below = returns(coordinate);
      if (node.selectionSet) yield* inner(node.selectionSet, below, same && factsOf(below) === undefined);
    }
  };
  yield* inner(fieldSet(text), type, sameRow);
}

function pathsIn(text: string | undefined): string[][] {
  const paths = ({ selections }: SelectionSetNode): string[][] =>
    selections.flatMap((node) => {
      if (node.kind !== Kind.FIELD) return [];
      const { value } = node.name;
      return node.selectionSet ? paths(node.selectionSet).map((path) => [value, ...path]) : [[value]];
    });
  return text === undefined ? [] : paths(fieldSet(text));
}

function fieldSet(text: string): SelectionSetNode {
  const [operation] = parse(`{ ${text} }`).definitions;
  return (operation as { selectionSet: SelectionSetNode }).selectionSet;
}

function named(directives: readonly ConstDirectiveNode[], name: string): ConstDirectiveNode[] {
  return directives.filter((each) => each.name.value === name);
}

function argument(directive: ConstDirectiveNode, name: string): unknown {
  const value: ConstValueNode | undefined = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value && valueFromASTUntyped(value);
}

function namedType({ type }: FieldDefinitionNode): string {
  let at = type;
  while (at.kind !== Kind.NAMED_TYPE) at = at.type;
  return at.name.value;
}
