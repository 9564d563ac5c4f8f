import { actionOn } from '@linli/gateway/policy/action';
import type { Action } from '@linli/gateway/policy/cedar/question';
import type { DocumentNode } from 'graphql';
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
import type { Graph } from './ground.js';
import { writtenBy } from './writing.js';

/** A field by its coordinate, and what an operation does with it. */
export interface Done {
  readonly coordinate: string;
  readonly action: Action;
}

/** Parses a document of operations. Throws a CliError that names the file. */
export function parseOperation(text: string, file: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    throw badOperation(file, [(error as Error).message]);
  }
}

/**
 * All fields that the operations of a document select, and those that their mutations' arguments write, each once, in
 * their order. Throws a CliError.
 */
export function fieldsOf(document: DocumentNode, graph: Graph, file: string): readonly Done[] {
  const schema = graph.supergraph.apiSchema;
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
        for (const coordinate of writtenBy(graph, field, argument)) note(coordinate, 'write');
      },
    }),
  );
  return [...found.values()];
}
