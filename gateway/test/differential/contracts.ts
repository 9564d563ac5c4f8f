import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What one subgraph says of one field. */
export interface FieldContract {
  readonly external: boolean;
  readonly requires?: SelectionSetNode;
  readonly provides?: SelectionSetNode;
  /** It takes the field over from this subgraph; always, or where a label is on. */
  readonly override?: { readonly from: string; readonly label?: string };
}

/** What one subgraph says of one type. */
export interface TypeContract {
  readonly keys: readonly { readonly fields: SelectionSetNode; readonly resolvable: boolean }[];
  readonly interfaceObject: boolean;
  readonly fields: ReadonlyMap<string, FieldContract>;
}

/** Types of one subgraph by name; root types by the names they have in the graph. */
export type Contract = ReadonlyMap<string, TypeContract>;

/** Reads a subgraph's SDL, definitions and extensions of a type together. */
export function readContract(sdl: string): Contract {
  const contract = new Map<string, TypeContract & { keys: object[]; fields: Map<string, FieldContract> }>();
  const { definitions } = parse(sdl, { noLocation: true });
  const roots = new Map<string, string>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION) continue;
    for (const { operation, type } of definition.operationTypes) {
      roots.set(type.name.value, operation[0]!.toUpperCase() + operation.slice(1));
    }
  }
  for (const definition of definitions) {
    if (!('fields' in definition) || !('interfaces' in definition)) continue;
    const name = roots.get(definition.name.value) ?? definition.name.value;
    const directives = definition.directives ?? [];
    const known = contract.get(name);
    const keys = directives.filter(isNamed('key')).map((key) => ({
      fields: fieldSet(argument(key, 'fields') as string),
      resolvable: argument(key, 'resolvable') !== false,
    }));
    const fields = (definition.fields ?? []).map((field): [string, FieldContract] => [
      field.name.value,
      readField(field, directives.some(isNamed('external'))),
    ]);
    contract.set(name, {
      keys: [...(known?.keys ?? []), ...keys],
      interfaceObject: known?.interfaceObject || directives.some(isNamed('interfaceObject')),
      fields: new Map([...(known?.fields ?? []), ...fields]),
    });
  }
  return contract;
}

function readField({ directives = [] }: FieldDefinitionNode, typeExternal: boolean): FieldContract {
  const find = (name: string) => directives.find(isNamed(name));
  const [requires, provides, override] = [find('requires'), find('provides'), find('override')];
  const label = override && (argument(override, 'label') as string | undefined);
  return {
    external: typeExternal || find('external') !== undefined,
    ...(requires && { requires: fieldSet(argument(requires, 'fields') as string) }),
    ...(provides && { provides: fieldSet(argument(provides, 'fields') as string) }),
    ...(override && { override: { from: argument(override, 'from') as string, ...(label && { label }) } }),
  };
}

function isNamed(wanted: string): (directive: ConstDirectiveNode) => boolean {
  return ({ name }) => name.value === wanted;
}

function argument({ arguments: args }: ConstDirectiveNode, wanted: string): unknown {
  const value = args?.find(({ name }) => name.value === wanted)?.value;
  return value && 'value' in value ? value.value : undefined;
}

function fieldSet(text: string): SelectionSetNode {
  return (parse(`{${text}}`, { noLocation: true }).definitions[0] as OperationDefinitionNode).selectionSet;
}
