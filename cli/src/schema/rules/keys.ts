import { LinkedNames } from '@linli/gateway/supergraph/linked-names';
import { Kind, parse, visit } from 'graphql';
import type { ConstDirectiveNode, TypeNode } from 'graphql';
import type { Contract } from '../contracts.js';
import { placeOf } from '../problem.js';
import type { Problem } from '../problem.js';
import { isOutputType } from './coordinates.js';

/**
 * No entity is identified by a citizen's ID number, not even as part of a key: keys travel between departments in
 * every query plan, where no rule about fields can hide them.
 */
export function checkKeys({ department, document }: Contract): Problem[] {
  const keys = new LinkedNames(document).directive('key', 'federation');
  const idNumbers = new Set(
    document.definitions
      .filter(isOutputType)
      .flatMap((type) =>
        (type.fields ?? [])
          .filter((field) => named(field.type) === 'ResidentIdNumber')
          .map((field) => field.name.value),
      ),
  );
  return document.definitions.filter(isOutputType).flatMap((type) =>
    (type.directives ?? [])
      .filter((directive) => keys.has(directive.name.value))
      .filter((directive) => fieldsOf(directive).some((field) => idNumbers.has(field)))
      .map((directive) => {
        const place = placeOf(directive);
        return {
          code: 'KEY_IS_ID_NUMBER',
          message: `${type.name.value} has a @key with a citizen's ID number; use an id of its own.`,
          departments: [department],
          places: place ? [place] : [],
        };
      }),
  );
}

function fieldsOf(directive: ConstDirectiveNode): string[] {
  const value = directive.arguments?.find(({ name }) => name.value === 'fields')?.value;
  if (value?.kind !== Kind.STRING) return [];
  const fields: string[] = [];
  visit(parse(`{ ${value.value} }`), { Field: (node) => void fields.push(node.name.value) });
  return fields;
}

function named(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type);
}
