import { purposes } from '@linli/schema/purposes';
import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { Case, Cases } from './cedar/policies.js';

/** What the cases of a field depend on. */
interface Rows {
  /** At the root of the graph: no row of anybody. */
  readonly root: boolean;
  readonly aboutMinors: boolean;
}

const known = new Map<string, Cases>();

/** Every case that there is of some relations, for whatever purpose. */
export function casesOf(related: readonly Relation[]): Cases {
  return cases(`ever ${related.join()}`, () =>
    [false, true].flatMap((emergency) =>
      [undefined, ...purposes].flatMap((purpose) => rowsOf(related, true, { emergency, purpose })),
    ),
  );
}

/** Every case that there is for one purpose: at a root of the graph, or in rows of whatever relation. */
export function casesIn({ root, aboutMinors }: Rows, purpose: string | undefined, emergency: boolean): Cases {
  // Purposes that no policy can name are one to all of them.
  const named = purposes.find((each) => each === purpose) ?? '';
  return cases(`${named} ${emergency} ${root} ${aboutMinors}`, () =>
    rowsOf(root ? ['none'] : relations, aboutMinors, { emergency, purpose: named || undefined }),
  );
}

function rowsOf(
  related: readonly Relation[],
  aboutMinors: boolean,
  declared: Pick<Case, 'emergency' | 'purpose'>,
): Case[] {
  const minors = aboutMinors ? [false, true] : [false];
  return related.flatMap((relation) => minors.map((minor) => ({ ...declared, relation, minor })));
}

function cases(name: string, list: () => readonly Case[]): Cases {
  let found = known.get(name);
  if (!found) known.set(name, (found = { name, list: list() }));
  return found;
}
