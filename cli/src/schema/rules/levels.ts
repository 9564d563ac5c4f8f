import { Kind } from 'graphql';
import type { ConstDirectiveNode } from 'graphql';
import type { Contract } from '../contracts.js';
import { placeOf } from '../problem.js';
import type { Place, Problem } from '../problem.js';
import { coordinate, isOutputType } from './coordinates.js';

interface Statement {
  readonly level: string;
  readonly department: string;
  readonly place?: Place;
}

/**
 * Every field has a level: its own or its type's, from whichever department states it; and departments that share a
 * type or field agree on it, since the supergraph holds one.
 */
export function checkLevels(contracts: readonly Contract[]): Problem[] {
  const stated = collect(contracts);
  const problems = [...stated].flatMap(([name, statements]) => disagreement(name, statements));
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
  const note = (name: string, department: string, directives: readonly ConstDirectiveNode[] = []) => {
    for (const directive of directives) {
      const level = levelOf(directive);
      if (level === undefined) continue;
      stated.set(name, [...(stated.get(name) ?? []), { level, department, place: placeOf(directive) }]);
    }
  };
  for (const { department, document } of contracts) {
    for (const type of document.definitions.filter(isOutputType)) {
      note(type.name.value, department, type.directives);
      for (const field of type.fields ?? []) note(coordinate(type, field), department, field.directives);
    }
  }
  return stated;
}

function levelOf({ name, arguments: given }: ConstDirectiveNode): string | undefined {
  if (name.value !== 'classified') return undefined;
  const value = given?.find((argument) => argument.name.value === 'level')?.value;
  return value?.kind === Kind.ENUM ? value.value : undefined;
}

function disagreement(name: string, statements: readonly Statement[]): Problem[] {
  const levels = [...new Set(statements.map(({ level }) => level))];
  if (levels.length < 2) return [];
  return [
    {
      code: 'LEVELS_DISAGREE',
      message: `${name} is classified differently: ${statements.map(({ department, level }) => `${level} by ${department}`).join(', ')}.`,
      departments: [...new Set(statements.map(({ department }) => department))],
      places: statements.flatMap(({ place }) => place ?? []),
    },
  ];
}
