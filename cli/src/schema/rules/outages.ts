import { LinkedNames } from '@linli/gateway/supergraph/linked-names';
import { Kind } from 'graphql';
import type { ConstDirectiveNode, FieldDefinitionNode, TypeNode } from 'graphql';
import type { Contract } from '../contracts.js';
import { placeOf } from '../problem.js';
import type { Problem } from '../problem.js';
import { coordinate, isOutputType } from './coordinates.js';
import type { OutputType } from './coordinates.js';

/**
 * A department that is away takes nothing with it but its own fields. A null spreads from a non-null field to its
 * parent, so two kinds of field must be nullable: root fields, since a query asks several departments at once, and
 * references to an entity of which another department answers a non-null field.
 */
export function checkOutages(contracts: readonly Contract[]): Problem[] {
  const promises = contracts.flatMap(({ department, document }) => {
    const names = new LinkedNames(document);
    const [keys, external] = [names.directive('key', 'federation'), names.directive('external', 'federation')];
    return document.definitions.filter(isOutputType).flatMap((type) => {
      const known = keyFields(type, keys);
      const promised =
        has(type.directives, keys) &&
        (type.fields ?? []).some(
          // Not the key, which the one who refers to the entity knows.
          (field) =>
            field.type.kind === Kind.NON_NULL_TYPE &&
            !has(field.directives, external) &&
            !known.includes(field.name.value),
        );
      return promised ? [{ department, entity: type.name.value }] : [];
    });
  });
  return contracts.flatMap(({ department, document }) => {
    const fragile = new Set(promises.filter((each) => each.department !== department).map(({ entity }) => entity));
    return document.definitions.filter(isOutputType).flatMap((type) =>
      (type.fields ?? [])
        .filter((field) => field.type.kind === Kind.NON_NULL_TYPE)
        .filter((field) => type.name.value === 'Query' || fragile.has(named(field.type)))
        .map((field) => problem(department, type, field)),
    );
  });
}

function keyFields(type: OutputType, keys: ReadonlySet<string>): string[] {
  return (type.directives ?? [])
    .filter(({ name }) => keys.has(name.value))
    .flatMap(({ arguments: given }) => given?.find(({ name }) => name.value === 'fields')?.value ?? [])
    .flatMap((value) => (value.kind === Kind.STRING ? value.value.split(/[\s{},]+/) : []));
}

function has(directives: readonly ConstDirectiveNode[] = [], wanted: ReadonlySet<string>): boolean {
  return directives.some(({ name }) => wanted.has(name.value));
}

function named(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type);
}

function problem(department: string, type: OutputType, field: FieldDefinitionNode): Problem {
  const place = placeOf(field);
  const why =
    type.name.value === 'Query'
      ? `an outage of ${department} would leave nothing of a query that asks other departments too`
      : `an outage of the department that answers ${named(field.type)} would take ${type.name.value} with it`;
  return {
    code: 'OUTAGE_SPREADS',
    message: `${coordinate(type, field)} must be nullable: ${why}.`,
    departments: [department],
    places: place ? [place] : [],
  };
}
