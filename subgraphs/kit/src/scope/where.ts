import type { CodeRange } from '../paging/place.js';
import type { Clause, Condition } from './condition.js';

function within(field: string, range: CodeRange): object {
  return { [field]: { ...range } };
}

function whereOf(clause: Clause): object {
  const { field, list } = clause.fact;
  if ('ids' in clause) return { [field]: list ? { hasSome: clause.ids } : { in: clause.ids } };
  const inside = within(field, clause.range);
  return clause.except.length
    ? { AND: [inside, { NOT: { OR: clause.except.map((range) => within(field, range)) } }] }
    : inside;
}

/**
 * A condition as Prisma's `where`; undefined where every row is visible.
 * @param field any text column, to say that no row is: Prisma leaves out an empty OR within an AND, and would read every row
 */
export function prismaWhere(condition: Condition, field: string): object | undefined {
  if (condition === 'every') return undefined;
  return condition.length ? { OR: condition.map(whereOf) } : { [field]: { in: [] } };
}
