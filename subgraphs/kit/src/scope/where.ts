import type { CodeRange } from '../paging/place.js';
import type { About, Clause, Condition, Related } from './condition.js';

function within(field: string, range: CodeRange): object {
  return { [field]: { ...range } };
}

function relatedWhere(related: Related): object {
  const { field, list } = related.fact;
  if ('ids' in related) return { [field]: list ? { hasSome: related.ids } : { in: related.ids } };
  const inside = within(field, related.range);
  return related.except.length
    ? { AND: [inside, { NOT: { OR: related.except.map((range) => within(field, range)) } }] }
    : inside;
}

function aboutWhere({ by: { field, nullable }, minors, after }: About): object {
  if (minors) return { [field]: { gt: after } };
  const past = { [field]: { lte: after } };
  return nullable ? { OR: [{ [field]: null }, past] } : past;
}

function whereOf({ related, about }: Clause): object {
  if (!related) return aboutWhere(about);
  return about ? { AND: [relatedWhere(related), aboutWhere(about)] } : relatedWhere(related);
}

/**
 * A condition as Prisma's `where`; undefined where every row is visible.
 * @param field any text column, to say that no row is: Prisma leaves out an empty OR within an AND, and would read every row
 */
export function prismaWhere(condition: Condition, field: string): object | undefined {
  if (condition === 'every') return undefined;
  return condition.length ? { OR: condition.map(whereOf) } : { [field]: { in: [] } };
}
