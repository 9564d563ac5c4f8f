import type { Relation } from '@linli/schema/subject';
import type { Asker } from './askers.js';
import type { Facts } from './protection.js';

/** How an asker is related to a row, and whether it is about somebody under 14; undefined where that is not known. */
export interface Related {
  readonly relations: readonly Relation[];
  readonly minor: boolean | undefined;
}

/** To what is nobody's row. */
export const unrelated: Related = { relations: ['none'], minor: false };

const byLength: Readonly<Record<number, Relation>> = { 12: 'community', 9: 'street', 6: 'district', 4: 'city' };

/** The rule as one would say it. */
export function relate({ subject, standing }: Asker, row: object, facts: Facts): Related {
  const relations = new Set<Relation>(['none']);
  for (const id of valuesAt(row, facts.subject)) {
    if (id === subject.residentId && id !== undefined) relations.add('self');
    if (standing.wards.includes(id as string)) relations.add('guardian');
    if (standing.household.includes(id as string)) relations.add('household');
  }
  for (const id of valuesAt(row, facts.assigned)) {
    if (subject.staffId !== undefined && id === subject.staffId) relations.add('assigned');
  }
  for (const code of valuesAt(row, facts.community)) {
    const lengths = subject.jurisdiction
      .filter((prefix) => byLength[prefix.length] && typeof code === 'string' && code.startsWith(prefix))
      .map((prefix) => prefix.length);
    if (lengths.length > 0) relations.add(byLength[Math.max(...lengths)]!);
  }
  const minors = facts.minor.map((path) => valuesAt(row, [path])[0]);
  return {
    relations: [...relations],
    minor: minors.includes(true) ? true : minors.every((each) => each === false) ? false : undefined,
  };
}

/** Everything at the ends of some paths, through objects and lists. */
function valuesAt(row: object, paths: readonly (readonly string[])[]): unknown[] {
  return paths.flatMap((path) =>
    path.reduce<unknown[]>(
      (all, name) => all.flatMap((each) => (each as Record<string, unknown> | null)?.[name] ?? []),
      [row],
    ),
  );
}
