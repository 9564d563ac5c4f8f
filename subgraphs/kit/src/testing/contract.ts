import { Kind, parse, type FieldDefinitionNode, type TypeNode } from 'graphql';
import type { Department } from '@linli/schema/departments';
import { subgraphSdl } from '@linli/schema/files';

function typeName(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : typeName(type.type);
}

/** Whether a field answers a connection. */
export function isPage(field: FieldDefinitionNode): boolean {
  return typeName(field.type).endsWith('Connection');
}

/** The type of the rows that a field leads to, by itself, in a list or in a connection. */
export function rowType(field: FieldDefinitionNode): string {
  return typeName(field.type).replace(/Connection$/, '');
}

/** A department's contract: the key field of each entity type, the fields of each type, and a value of each enum. */
export function contractOf(department: Department) {
  const { definitions } = parse(subgraphSdl(department));
  const types = definitions.filter(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
  );
  const keys = new Map(
    types.flatMap(({ name, directives }) => {
      const key = directives?.find((directive) => directive.name.value === 'key')?.arguments?.[0]?.value;
      return key?.kind === Kind.STRING ? [[name.value, key.value] as const] : [];
    }),
  );
  const fieldsOf = (type: string) =>
    types.filter(({ name }) => name.value === type).flatMap(({ fields }) => fields ?? []);
  const enums = new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.ENUM_TYPE_DEFINITION ? [[node.name.value, node.values![0]!.name.value] as const] : [],
    ),
  );
  return { keys, fieldsOf, enums };
}
