import type { Action, Effect, Question } from '@linli/gateway/policy/cedar/question';
import type { FieldClass } from '@linli/gateway/supergraph/classification';
import type { Purpose } from '@linli/schema/purposes';
import { purposes } from '@linli/schema/purposes';
import type { Role } from '@linli/schema/roles';
import { roles } from '@linli/schema/roles';
import type { Relation } from '@linli/schema/subject';
import type { Ground } from './ground.js';
import { apiFields, effectOf, isBetter, judge, possibleRelations } from './judge.js';
import { viewersOf } from './viewer.js';
import { actionOf, writtenFields } from './writing.js';

/** What a request needs to declare for an effect; `emergency` stands for break-glass access. */
export type Needs = 'nothing' | 'legal basis and case number' | 'emergency';

/** The most that a role sees of a field in rows of one relation if it declares so much. */
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
  readonly action: Action;
  /** By role and relation, more with each further declaration. What is not in here is denied. */
  readonly cells: ReadonlyMap<Role, ReadonlyMap<Relation, readonly Cell[]>>;
}

/**
 * Role × field × relation: the most that each role can see of each field, and what has to be declared for it. A field of
 * `Mutation` is run, which is to write; a field that a mutation's arguments write has a row more, for that.
 */
export function matrix(ground: Ground, type?: string): MatrixRow[] {
  const alike = new Map<string, MatrixRow['cells']>();
  const written = writtenFields(ground);
  return apiFields(ground)
    .filter(({ coordinate }) => type === undefined || coordinate.startsWith(`${type}.`))
    .flatMap((field) => {
      const action = actionOf(ground, field);
      return [{ field, action }, ...(written.has(field.coordinate) ? [{ field, action: 'write' as const }] : [])];
    })
    .map(({ field, action }) => {
      // What is decided alike, and judged alike, needs to be worked out once.
      const possible = possibleRelations(ground, field).join();
      const key = [action, ground.policies.likeness(field), field.mask, field.requires.join(), possible].join(' ');
      let cells = alike.get(key);
      if (!cells) alike.set(key, (cells = new Map(roles.map((role) => [role, cellsOf(ground, field, action, role)]))));
      return { field, action, cells };
    });
}

function cellsOf(
  ground: Ground,
  field: FieldClass,
  action: Action,
  role: Role,
): ReadonlyMap<Relation, readonly Cell[]> {
  const found = new Map<Relation, readonly Cell[]>();
  for (const relation of possibleRelations(ground, field)) {
    const cells: Cell[] = [];
    for (const needs of declarations) {
      // More than in full is not to be had.
      if (cells.at(-1)?.effect === 'ALLOW') break;
      const cell = cellOf(ground, field, action, role, relation, needs);
      if (cell && isBetter(cell.effect, cells.at(-1)?.effect ?? 'DENY')) cells.push(cell);
    }
    if (cells.length > 0) found.set(relation, cells);
    // Whoever sees a field without any relation sees it in every row.
    if (relation === 'none' && cells[0]?.effect === 'ALLOW') break;
  }
  return found;
}

const declarations: readonly Needs[] = ['nothing', 'legal basis and case number', 'emergency'];

function cellOf(
  ground: Ground,
  field: FieldClass,
  action: Action,
  role: Role,
  relation: Relation,
  needs: Needs,
): Cell | undefined {
  let best: Cell | undefined;
  const declared = needs === 'emergency' ? (['emergency'] as const) : [undefined, ...ordinary];
  for (const purpose of declared) {
    for (const { roles: held, department } of viewersOf(role)) {
      const question: Question = {
        roles: held,
        department,
        purpose,
        legalBasis: needs !== 'nothing',
        caseNumber: needs !== 'nothing',
        emergency: needs === 'emergency',
        action,
        field,
        relation,
        minor: false,
      };
      const effect = effectOf(ground, question);
      if (effect === 'DENY' || (best && !isBetter(effect, best.effect))) continue;
      const lessOfMinors = isBetter(effect, effectOf(ground, { ...question, minor: true }));
      best = { effect, purpose, needs, lessOfMinors, policies: judge(ground, question).by };
      if (effect === 'ALLOW') return best;
    }
  }
  return best;
}

const ordinary = purposes.filter((purpose) => purpose !== 'emergency');
