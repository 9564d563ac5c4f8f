import type { ConstDirectiveNode } from 'graphql';
import { Kind } from 'graphql';
import { argumentOf } from '../linked-names.js';
import type { Shape } from './shape.js';
import { unique } from './shape.js';

/**
 * What each argument (`Type.field(argument:)`) and each field of an input object (`Input.field`) filters, sorts or
 * searches by. An argument of an interface's field is the same argument on every implementation.
 */
export function readUses(shape: Shape): Map<string, readonly string[]> {
  const names = shape.names.directive('uses', 'classified');
  const uses = new Map<string, readonly string[]>();
  const note = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    const found = directives.filter(({ name }) => names.has(name.value)).flatMap(coordinatesOf);
    if (found.length > 0) uses.set(coordinate, unique([...(uses.get(coordinate) ?? []), ...found]));
  };
  for (const type of shape.types.values()) {
    for (const field of type.fields.values()) {
      for (const argument of field.arguments) {
        const coordinate = `${type.name}.${field.name}(${argument.name.value}:)`;
        note(coordinate, argument.directives);
        for (const name of type.interfaces) {
          const abstract = shape.types.get(name)?.fields.get(field.name);
          note(coordinate, abstract?.arguments.find((each) => each.name.value === argument.name.value)?.directives);
        }
      }
    }
  }
  for (const [input, fields] of shape.inputs) {
    for (const field of fields) note(`${input}.${field.name.value}`, field.directives);
  }
  return uses;
}

function coordinatesOf(directive: ConstDirectiveNode): string[] {
  const fields = argumentOf(directive, 'fields');
  // Lists of input coerce a single value to a list of one.
  const values = fields?.kind === Kind.LIST ? fields.values : fields ? [fields] : [];
  return values.flatMap((value) => (value.kind === Kind.STRING ? [value.value] : []));
}
