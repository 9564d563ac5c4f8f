import type { Effect, Question } from '@linli/gateway/policy/cedar/question';
import type { FieldClass } from '@linli/gateway/supergraph/classification';
import type { Purpose } from '@linli/schema/purposes';
import { purposes } from '@linli/schema/purposes';
import type { Role } from '@linli/schema/roles';
import { roles } from '@linli/schema/roles';
import type { Relation } from '@linli/schema/subject';
import type { Ground } from './ground.js';
import { apiFields, isBetter, judge, possibleRelations } from './judge.js';
import { viewersOf } from './viewer.js';

/** What a request needs to declare for an effect; `emergency` stands for break-glass access. */
export type Needs = 'nothing' | 'legal basis and case number' | 'emergency';

/** The most that a role sees of a field in rows of one relation. */
export interface Cell {
  readonly effect: Exclude<Effect, 'DENY'>;
  /** The first purpose that gives it; undefined where none needs to be declared. */
  readonly purpose: Purpose | undefined;
  readonly needs: Needs;
  /** True where rows about minors under 14 show less. */
  readonly lessOfMinors: boolean;
  readonly policies: readonly string[];
}

export interface MatrixRow {
  readonly field: FieldClass;
  /** What is not in here is denied. */
  readonly cells: ReadonlyMap<Role, ReadonlyMap<Relation, Cell>>;
}

/** Role × field × relation: the most that each role can see of each field, and what has to be declared for it. */
export function matrix(ground: Ground, type?: string): MatrixRow[] {
  const alike = new Map<string, MatrixRow['cells']>();
  return apiFields(ground)
    .filter(({ coordinate }) => type === undefined || coordinate.startsWith(`${type}.`))
    .map((field) => {
      // What is decided alike, and judged alike, needs to be worked out once.
      const possible = possibleRelations(ground, field).join();
      const key = [ground.policies.likeness(field), field.mask, field.requires.join(), possible].join(' ');
      let cells = alike.get(key);
      if (!cells) alike.set(key, (cells = new Map(roles.map((role) => [role, cellsOf(ground, field, role)]))));
      return { field, cells };
    });
}

function cellsOf(ground: Ground, field: FieldClass, role: Role): ReadonlyMap<Relation, Cell> {
  const cells = new Map<Relation, Cell>();
  const always = cellOf(ground, field, role, 'none');
  for (const relation of possibleRelations(ground, field)) {
    // Whoever sees a field without any relation sees it in every row.
    if (always?.effect === 'ALLOW' && relation !== 'none') break;
    const cell = relation === 'none' ? always : cellOf(ground, field, role, relation);
    if (cell) cells.set(relation, cell);
  }
  return cells;
}

const declarations: readonly Needs[] = ['nothing', 'legal basis and case number', 'emergency'];

function cellOf(ground: Ground, field: FieldClass, role: Role, relation: Relation): Cell | undefined {
  let best: Cell | undefined;
  for (const needs of declarations) {
    for (const purpose of needs === 'emergency' ? (['emergency'] as const) : [undefined, ...purposes]) {
      if (needs !== 'emergency' && purpose === 'emergency') continue;
      for (const { roles: held, department } of viewersOf(role)) {
        const question: Question = {
          roles: held,
          ...(department !== undefined && { department }),
          ...(purpose !== undefined && { purpose }),
          legalBasis: needs !== 'nothing',
          caseNumber: needs !== 'nothing',
          emergency: needs === 'emergency',
          action: field.coordinate.startsWith('Mutation.') ? 'write' : 'read',
          field,
          relation,
          minor: false,
        };
        const { effect, by } = judge(ground, question);
        if (effect === 'DENY' || (best && !isBetter(effect, best.effect))) continue;
        const lessOfMinors = isBetter(effect, judge(ground, { ...question, minor: true }).effect);
        best = { effect, purpose, needs, lessOfMinors, policies: by };
      }
    }
  }
  return best;
}
