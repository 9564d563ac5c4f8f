import type { ConstDirectiveNode } from 'graphql';
import { Kind } from 'graphql';

/** Texts of one argument of all uses of a directive: strings and enum values. */
export function directiveArguments(
  all: readonly ConstDirectiveNode[] = [],
  directive: string,
  argument: string,
): string[] {
  return all
    .filter(({ name }) => name.value === directive)
    .flatMap(({ arguments: args }) => args?.filter(({ name }) => name.value === argument) ?? [])
    .flatMap(({ value }) => (value.kind === Kind.STRING || value.kind === Kind.ENUM ? [value.value] : []));
}
