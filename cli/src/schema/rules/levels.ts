import { LinkedNames, argumentOf } from '@linli/gateway/supergraph/linked-names';
import { print } from 'graphql';
import type { ConstDirectiveNode } from 'graphql';
import type { Contract } from '../contracts.js';
import { placeOf } from '../problem.js';
import type { Place, Problem } from '../problem.js';
import { coordinate, isOutputType } from './coordinates.js';

/** What departments must agree on, by argument of `@classified`, and the code of their disagreement. */
const disagreements = {
  level: 'LEVELS_DISAGREE',
  sharing: 'SHARING_DISAGREES',
  mask: 'MASKS_DISAGREE',
  sealed: 'SEALING_DISAGREES',
} as const;

interface Statement {
  readonly directive: ConstDirectiveNode;
  readonly department: string;
  readonly place?: Place;
}

/**
 * Every field has a level: its own or its type's, from whichever department states it; and departments that share a
 * type or field agree on how it is classified.
 */
export function checkLevels(contracts: readonly Contract[]): Problem[] {
  const stated = collect(contracts);
  const problems = [...stated].flatMap(([name, statements]) =>
    (Object.keys(disagreements) as (keyof typeof disagreements)[]).flatMap((argument) =>
      disagreement(name, argument, statements),
    ),
  );
  for (const { department, document } of contracts) {
    for (const type of document.definitions.filter(isOutputType)) {
      for (const field of type.fields ?? []) {
        const name = coordinate(type, field);
        if (stated.has(name) || stated.has(type.name.value)) continue;
        const place = placeOf(field);
        problems.push({
          code: 'LEVEL_MISSING',
          message: `${name} has no @classified level, neither its own nor its type's.`,
          departments: [department],
          places: place ? [place] : [],
        });
      }
    }
  }
  return problems;
}

function collect(contracts: readonly Contract[]): Map<string, Statement[]> {
  const stated = new Map<string, Statement[]>();
  for (const { department, document } of contracts) {
    const names = new LinkedNames(document).directive('classified', 'classified');
    const note = (name: string, directives: readonly ConstDirectiveNode[] = []) => {
      for (const directive of directives.filter((each) => names.has(each.name.value))) {
        stated.set(name, [...(stated.get(name) ?? []), { directive, department, place: placeOf(directive) }]);
      }
    };
    for (const type of document.definitions.filter(isOutputType)) {
      note(type.name.value, type.directives);
      for (const field of type.fields ?? []) note(coordinate(type, field), field.directives);
    }
  }
  return stated;
}

function disagreement(name: string, argument: keyof typeof disagreements, statements: readonly Statement[]): Problem[] {
  const said = statements.flatMap(({ directive, department, place }) => {
    const value = argumentOf(directive, argument);
    return value ? [{ value: print(value), department, place }] : [];
  });
  if (new Set(said.map(({ value }) => value)).size < 2) return [];
  const how = argument === 'level' ? '' : ` (${argument})`;
  return [
    {
      code: disagreements[argument],
      message: `${name} is classified differently${how}: ${said.map(({ department, value }) => `${value} by ${department}`).join(', ')}.`,
      departments: [...new Set(said.map(({ department }) => department))],
      places: said.flatMap(({ place }) => place ?? []),
    },
  ];
}
