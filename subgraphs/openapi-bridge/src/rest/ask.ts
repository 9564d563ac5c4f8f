import type { GraphQLField, GraphQLResolveInfo } from 'graphql';
import { inputError } from '@linli/kit/errors';
import { z } from 'zod';
import type { Operation, Parameter } from '../description/read.js';
import { NotThere, type Asking, type RestClient } from './client.js';

export type Values = Readonly<Record<string, unknown>>;

/** Asks for one operation by the values of its parameters. @returns null where the system knows no such thing */
export type Ask = (values: Values, context: Asking, info: GraphQLResolveInfo) => Promise<unknown>;

/**
 * What asks for an operation by the library's field of it.
 * @param client what it asks by
 */
export function askerOf(operation: Operation, field: GraphQLField<unknown, unknown>, client: RestClient): Ask {
  const parameters = operation.parameters.map((parameter) => ({ ...parameter, valid: validator(parameter) }));
  return async (values, context, info) => {
    const given = Object.fromEntries(
      parameters.flatMap(({ name, in: place, valid }) => {
        const value = values[name];
        if (value === undefined || value === null) return [];
        valid(value);
        return [[name, place === 'path' ? segment(name, value) : value] as const];
      }),
    );
    let answer: unknown;
    try {
      answer = await field.resolve!(undefined, given, context, info);
    } catch (error) {
      if (error instanceof NotThere) return null;
      throw error;
    }
    // The library returns its errors, with the whole answer in them.
    if (answer instanceof Error) throw client.badAnswer('not understood');
    return answer;
  };
}

/** Checks a value as the parameter's schema says, so that who asks learns what is wrong and the system is not asked. */
function validator({ name, schema }: Parameter): (value: unknown) => void {
  const shape = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  return (value) => {
    const read = shape.safeParse(value);
    if (!read.success) throw inputError(`The argument ${name} is wrong: ${read.error.issues[0]!.message}.`);
  };
}

/** The library puts values into a path as they are. */
function segment(name: string, value: unknown): string {
  const text = String(value);
  if (text === '' || text === '.' || text === '..')
    throw inputError(`The argument ${name} cannot be ${JSON.stringify(text)}.`);
  return encodeURIComponent(text);
}
