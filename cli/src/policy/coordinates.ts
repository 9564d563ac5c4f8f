import { actionOn } from '@linli/gateway/policy/action';
import type { Action } from '@linli/gateway/policy/cedar/question';
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
import type { Ground } from './ground.js';
import { writtenBy } from './writing.js';

/** A field by its coordinate, and what an operation does with it. */
export interface Done {
  readonly coordinate: string;
  readonly action: Action;
}

/**
 * All fields that the operations of a document select, and those that their mutations' arguments write, each once, in
 * their order. Throws a CliError.
 */
export function fieldsOf(text: string, ground: Ground, file: string): readonly Done[] {
  const schema = ground.supergraph.apiSchema;
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
  const found = new Map<string, Done>();
  const note = (coordinate: string, action: Action) => found.set(`${action} ${coordinate}`, { coordinate, action });
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      [Kind.FIELD]: ({ name }) => {
        const parent = info.getParentType();
        if (!parent || name.value.startsWith('__')) return;
        const action = actionOn(parent.name, schema);
        const types = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        for (const type of types) {
          if ((isObjectType(type) || isInterfaceType(type)) && type.getFields()[name.value]) {
            note(`${type.name}.${name.value}`, action);
          }
        }
      },
      [Kind.ARGUMENT]: () => {
        const [parent, field, argument] = [info.getParentType(), info.getFieldDef(), info.getArgument()];
        if (!parent || !field || !argument || actionOn(parent.name, schema) !== 'write') return;
        for (const coordinate of writtenBy(ground, field, argument)) note(coordinate, 'write');
      },
    }),
  );
  return [...found.values()];
}
