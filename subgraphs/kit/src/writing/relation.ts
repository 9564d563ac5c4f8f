import type { Caller, Relation } from '@linli/schema/subject';

/** Whom and where something is about that has no row yet, or whose row is known: the facts of `@scoped`. */
export interface Facts {
  /** Residents by id. */
  readonly subject?: string | readonly string[] | null;
  /** A code of a community or of another place. */
  readonly community?: string | null;
  /** Staff who handle it, by staff id. */
  readonly assigned?: string | readonly string[] | null;
}

const placeRelations: Readonly<Record<number, Relation>> = { 12: 'community', 9: 'street', 6: 'district', 4: 'city' };

function texts(value: string | readonly string[] | null | undefined): readonly string[] {
  return value == null ? [] : typeof value === 'string' ? [value] : value;
}

/** How a caller is related to something; of places the closest relation holds alone. `none` always holds. */
export function relationsOf({ subject, standing }: Caller, facts: Facts): ReadonlySet<Relation> {
  const found = new Set<Relation>(['none']);
  for (const id of texts(facts.subject)) {
    if (id === subject.residentId) found.add('self');
    if (standing.wards.includes(id)) found.add('guardian');
    if (standing.household.includes(id)) found.add('household');
  }
  if (subject.staffId !== undefined && texts(facts.assigned).includes(subject.staffId)) found.add('assigned');
  const { community } = facts;
  if (community != null) {
    const closest = subject.jurisdiction
      .filter((prefix) => community.startsWith(prefix))
      .reduce((length, prefix) => Math.max(length, prefix.length), 0);
    const relation = placeRelations[closest];
    if (relation) found.add(relation);
  }
  return found;
}
