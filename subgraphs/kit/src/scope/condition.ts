import { geography } from '@linli/schema/geography';
import { relations, type Caller, type Relation, type RowRelations } from '@linli/schema/subject';
import { lastBirthOfAge, today } from '../minor.js';
import { placeRange, type CodeRange } from '../paging/place.js';
import type { MinorFact, RowFact, ScopedFacts } from './tables.js';

/** One way in which a caller may be related to a row. */
export type Related =
  | { readonly fact: RowFact; readonly ids: readonly string[] }
  | { readonly fact: RowFact; readonly range: CodeRange; readonly except: readonly CodeRange[] };

/** Rows about minors, which are those whose day is later than `after`; or all others. */
export interface About {
  readonly minors: boolean;
  readonly by: MinorFact;
  readonly after: Date;
}

/** Rows to which a caller is related in one way, or any row; of all, or of those about minors or about others alone. */
export type Clause =
  { readonly related: Related; readonly about?: About } | { readonly related?: undefined; readonly about: About };

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
function places(fact: RowFact, jurisdiction: readonly string[], by: ReadonlySet<Relation>): Related[] {
  const given = relationsByPrefix(jurisdiction);
  const listed = (prefix: string) => by.has(given.get(prefix)!);
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

/** Rows of a table to which a caller is related by one of the relations. */
function relatedBy(table: ScopedFacts, { subject, standing }: Caller, by: ReadonlySet<Relation>): Condition {
  if (by.has('none')) return 'every';
  const found: Related[] = [];
  if (table.subject) {
    const ids = new Set<string>();
    if (by.has('self') && subject.residentId !== undefined) ids.add(subject.residentId);
    if (by.has('guardian')) for (const id of standing.wards) ids.add(id);
    if (by.has('household')) for (const id of standing.household) ids.add(id);
    if (ids.size) found.push({ fact: table.subject, ids: [...ids] });
  }
  if (table.assigned && by.has('assigned') && subject.staffId !== undefined) {
    found.push({ fact: table.assigned, ids: [subject.staffId] });
  }
  if (table.community) found.push(...places(table.community, subject.jurisdiction, by));
  return found.map((related) => ({ related }));
}

/** A condition on rows about minors, or on the others. */
function ofThose(condition: Condition, by: MinorFact, minors: boolean): Clause[] {
  const about = { minors, by, after: by.birth ? lastBirthOfAge() : today() };
  return condition === 'every' ? [{ about }] : condition.map((clause) => ({ ...clause, about }));
}

/**
 * Which rows of a table a caller may see, by the relations that the gateway listed for its type: a row is visible if one
 * of them holds for it. A type that is not listed has no visible row, and a row without a fact no relation by it. Where
 * other relations are listed for minors, a table that does not tell them apart shows what both lists let through.
 */
export function conditionFor(table: ScopedFacts, caller: Caller): Condition {
  const listed: RowRelations = Object.hasOwn(caller.scope, table.type) ? caller.scope[table.type]! : [];
  if (!('adults' in listed)) return relatedBy(table, caller, new Set(listed));
  const [adults, minors] = [new Set(listed.adults), new Set(listed.minors)];
  if (!table.minor) {
    const either = (set: ReadonlySet<Relation>, relation: Relation) => set.has('none') || set.has(relation);
    return relatedBy(table, caller, new Set(relations.filter((each) => either(adults, each) && either(minors, each))));
  }
  return [
    ...ofThose(relatedBy(table, caller, adults), table.minor, false),
    ...ofThose(relatedBy(table, caller, minors), table.minor, true),
  ];
}

/**
 * The same for a row that is at hand and says nothing of minors.
 * @param valueOf what the row holds as a fact
 */
export function holds(condition: Condition, valueOf: (fact: RowFact) => string | undefined): boolean {
  if (condition === 'every') return true;
  const within = (code: string, { gte, lt }: CodeRange) => code >= gte && code < lt;
  return condition.some(({ related, about }) => {
    if (!related || about) return false;
    const value = valueOf(related.fact);
    if (value === undefined) return false;
    if ('ids' in related) return related.ids.includes(value);
    return within(value, related.range) && !related.except.some((range) => within(value, range));
  });
}
