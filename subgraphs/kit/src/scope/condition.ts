import { geography } from '@linli/schema/geography';
import type { Caller, Relation } from '@linli/schema/subject';
import { placeRange, type CodeRange } from '../paging/place.js';
import type { RowFact, ScopedFacts } from './tables.js';

/** One way in which a caller may be related to a row. */
export type Clause =
  | { readonly fact: RowFact; readonly ids: readonly string[] }
  | { readonly fact: RowFact; readonly range: CodeRange; readonly except: readonly CodeRange[] };

/** Which rows of a table a caller sees: every one, or those of which at least one clause holds. */
export type Condition = 'every' | readonly Clause[];

const placeRelations = new Map<number, Relation>([
  [12, 'community'],
  [9, 'street'],
  [6, 'district'],
  [4, 'city'],
]);

/** Every place there is; in a list of codes a range cannot be looked up, so the codes in it are. */
const knownPlaces = [
  ...new Set(
    geography.communities.flatMap(({ code }) => [...placeRelations.keys()].map((length) => code.slice(0, length))),
  ),
];

/** Prefixes of a jurisdiction that give a relation, and which relation each gives. */
function relationsByPrefix(jurisdiction: readonly string[]): Map<string, Relation> {
  return new Map(
    jurisdiction.flatMap((prefix) => {
      const relation = placeRelations.get(prefix.length);
      return relation ? [[prefix, relation] as const] : [];
    }),
  );
}

/**
 * Places that the caller is related to by one of the relations. The closest relation to a place is the one that holds:
 * where a longer prefix gives a relation that is not among them, its codes are left out of the shorter one's.
 */
function places(fact: RowFact, jurisdiction: readonly string[], relations: ReadonlySet<Relation>): Clause[] {
  const given = relationsByPrefix(jurisdiction);
  const listed = (prefix: string) => relations.has(given.get(prefix)!);
  const prefixes = [...given.keys()];
  if (fact.list) {
    const longestFirst = prefixes.sort((a, b) => b.length - a.length);
    const ids = knownPlaces.filter((code) => {
      const closest = longestFirst.find((prefix) => code.startsWith(prefix));
      return closest !== undefined && listed(closest);
    });
    return ids.length ? [{ fact, ids }] : [];
  }
  return prefixes.filter(listed).map((prefix) => ({
    fact,
    range: placeRange(prefix),
    except: prefixes
      .filter((other) => other.length > prefix.length && other.startsWith(prefix) && !listed(other))
      .map((other) => placeRange(other)),
  }));
}

/**
 * Which rows of a table a caller may see, by the relations that the gateway listed for its type: a row is visible if one
 * of them holds for it. A type that is not listed has no visible row, and a row without a fact no relation by it.
 */
export function conditionFor(table: ScopedFacts, { subject, standing, scope }: Caller): Condition {
  const relations = new Set(Object.hasOwn(scope, table.type) ? scope[table.type] : []);
  if (relations.has('none')) return 'every';
  const clauses: Clause[] = [];
  if (table.subject) {
    const ids = new Set<string>();
    if (relations.has('self') && subject.residentId !== undefined) ids.add(subject.residentId);
    if (relations.has('guardian')) for (const id of standing.wards) ids.add(id);
    if (relations.has('household')) for (const id of standing.household) ids.add(id);
    if (ids.size) clauses.push({ fact: table.subject, ids: [...ids] });
  }
  if (table.assigned && relations.has('assigned') && subject.staffId !== undefined) {
    clauses.push({ fact: table.assigned, ids: [subject.staffId] });
  }
  if (table.community) clauses.push(...places(table.community, subject.jurisdiction, relations));
  return clauses;
}

/**
 * The same for a row that is at hand.
 * @param valueOf what the row holds as a fact
 */
export function holds(condition: Condition, valueOf: (fact: RowFact) => string | undefined): boolean {
  if (condition === 'every') return true;
  const within = (code: string, { gte, lt }: CodeRange) => code >= gte && code < lt;
  return condition.some((clause) => {
    const value = valueOf(clause.fact);
    if (value === undefined) return false;
    if ('ids' in clause) return clause.ids.includes(value);
    return within(value, clause.range) && !clause.except.some((range) => within(value, range));
  });
}
