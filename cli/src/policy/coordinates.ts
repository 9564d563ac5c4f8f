import type { GraphQLSchema } from 'graphql';
import {
  Kind,
  TypeInfo,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  parse,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { badOperation } from '../errors.js';

/** Coordinates of all fields that the operations of a document select, each once, in their order. Throws a CliError. */
export function selectedFields(text: string, schema: GraphQLSchema, file: string): readonly string[] {
  let document;
  try {
    document = parse(text);
  } catch (error) {
    throw badOperation(file, [(error as Error).message]);
  }
  const errors = validate(schema, document);
  if (errors.length > 0)
    throw badOperation(
      file,
      errors.map(({ message }) => message),
    );
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      [Kind.FIELD]: ({ name }) => {
        const parent = info.getParentType();
        if (!parent || name.value.startsWith('__')) return;
        const types = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        for (const type of types) {
          if ((isObjectType(type) || isInterfaceType(type)) && type.getFields()[name.value]) {
            found.add(`${type.name}.${name.value}`);
          }
        }
      },
    }),
  );
  return [...found];
}
