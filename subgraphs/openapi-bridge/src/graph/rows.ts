import { conditionFor, holds, type Condition } from '@linli/kit/scope/condition';
import type { RowFact, ScopedFacts } from '@linli/kit/scope/tables';
import type { Caller } from '@linli/schema/subject';
import type { PublishedObject } from '../description/read.js';

type Row = Readonly<Record<string, unknown>>;

/** Which objects of the scoped types a caller may see, by the rule that departments' rows go by. */
export class Rows {
  private readonly scoped: ReadonlyMap<string, ScopedFacts>;

  constructor(objects: Iterable<PublishedObject>) {
    const entries = [...objects].flatMap(({ name, linli }) => {
      if (!linli.scope || Object.keys(linli.scope).length === 0) return [];
      const { subject, community, assigned } = linli.scope;
      return [
        [
          name,
          {
            type: name,
            subject: fact(subject),
            community: fact(community),
            assigned: fact(assigned),
            minor: undefined,
          },
        ],
      ] as const;
    });
    this.scoped = new Map(entries);
  }

  /** An object of a type, or a list of them, without what the caller may not see. */
  visible(type: string, value: unknown, caller: Caller): unknown {
    const facts = this.scoped.get(type);
    if (!facts || value === null) return value;
    const condition = conditionFor(facts, caller);
    if (Array.isArray(value)) return value.filter((row) => seen(condition, row as Row));
    return seen(condition, value as Row) ? value : null;
  }
}

function seen(condition: Condition, row: Row): boolean {
  return holds(condition, ({ field }) => {
    const value = row[field];
    return typeof value === 'string' ? value : undefined;
  });
}

function fact(property: string | undefined): RowFact | undefined {
  return property === undefined ? undefined : { field: property, column: property, list: false };
}
