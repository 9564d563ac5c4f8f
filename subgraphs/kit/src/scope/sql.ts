import type { QueryResultRow } from 'pg';
import type { CodeRange } from '../paging/place.js';
import type { About, Clause, Condition, Related } from './condition.js';
import type { Query } from './query.js';

/** SQL with its values apart; made by the tag `sql`. */
export class SqlText {
  constructor(
    readonly parts: readonly string[],
    readonly values: readonly unknown[],
  ) {}
}

/** The name of a column or table, quoted where it is written. */
export class Identifier {
  constructor(readonly name: string) {}
}

/** A table as the caller sees it. */
export class VisibleTable {
  constructor(readonly name: string) {}
}

/**
 * SQL in which whatever is inserted becomes a parameter, but for other `sql`, `identifier` and `visible` texts:
 *
 *     sql`SELECT id FROM ${visible('appeal')} a WHERE a.community_code = ANY(${codes}::text[])`
 */
export function sql(parts: TemplateStringsArray, ...values: unknown[]): SqlText {
  return new SqlText(parts, values);
}

export function identifier(name: string): Identifier {
  return new Identifier(name);
}

/** The rows of a table that the caller may see; the only way in which SQL may name a table of scoped rows. */
export function visible(table: string): VisibleTable {
  return new VisibleTable(table);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function withinRange(column: SqlText, { gte, lt }: CodeRange): SqlText {
  return sql`(${column} >= ${gte} AND ${column} < ${lt})`;
}

function relatedText({ fact, ...rest }: Related): SqlText {
  const column = sql`${identifier(fact.column)}`;
  if ('ids' in rest) {
    return fact.list ? sql`${column} && ${rest.ids}::text[]` : sql`${column} = ANY(${rest.ids}::text[])`;
  }
  return rest.except.reduce(
    (inside, range) => sql`(${inside} AND NOT ${withinRange(column, range)})`,
    withinRange(column, rest.range),
  );
}

function aboutText({ by, minors, after }: About): SqlText {
  const column = sql`${identifier(by.column)}`;
  return minors ? sql`${column} > ${day(after)}::date` : sql`(${column} > ${day(after)}::date) IS NOT TRUE`;
}

/** YYYY-MM-DD: a date as it is would be written in this process's time zone. */
function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function clauseText({ related, about }: Clause): SqlText {
  if (!related) return aboutText(about);
  return about ? sql`(${relatedText(related)} AND ${aboutText(about)})` : relatedText(related);
}

/** A condition as SQL over a table's columns. */
export function conditionText(condition: Condition): SqlText {
  if (condition === 'every') return sql`TRUE`;
  const [first, ...others] = condition.map(clauseText);
  if (!first) return sql`FALSE`;
  return sql`(${others.reduce((before, clause) => sql`${before} OR ${clause}`, first)})`;
}

/** What SQL is written for: how the caller sees each table of scoped rows. */
export interface Sight {
  /** Names of the tables of scoped rows. */
  readonly scoped: ReadonlySet<string>;
  condition(table: string): Condition;
}

/**
 * SQL and its parameters as PostgreSQL takes them.
 * @throws Error where a text names a table of scoped rows by itself, which would show rows past the caller's condition
 */
export function render(text: SqlText, sight: Sight): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const refuse = (name: string) => {
    throw new Error(`SQL names the table ${name} itself: write \${visible('${name}')}, the caller's rows of it.`);
  };
  const visibleText = (name: string): string => {
    const condition = sight.scoped.has(name) ? sight.condition(name) : 'every';
    return condition === 'every'
      ? quote(name)
      : `(SELECT * FROM ${quote(name)} WHERE ${write(conditionText(condition))})`;
  };
  const write = ({ parts, values: inserted }: SqlText): string => {
    let written = '';
    for (const [i, part] of parts.entries()) {
      for (const [word] of part.matchAll(/\w+/g)) if (sight.scoped.has(word.toLowerCase())) refuse(word);
      written += part;
      if (i === inserted.length) break;
      const value = inserted[i];
      if (value instanceof SqlText) written += write(value);
      else if (value instanceof VisibleTable) written += visibleText(value.name);
      else if (value instanceof Identifier)
        written += sight.scoped.has(value.name) ? refuse(value.name) : quote(value.name);
      else written += `$${values.push(value)}`;
    }
    return written;
  };
  return { text: write(text), values };
}

/** SQL by hand that shows a caller no other rows than those of the scope. */
export class ScopedSql {
  readonly #query: Query;
  readonly #sight: Sight;

  constructor(query: Query, sight: Sight) {
    this.#query = query;
    this.#sight = sight;
  }

  /** The rows that a text answers. */
  async rows<Row extends QueryResultRow>(text: SqlText): Promise<Row[]> {
    const { text: statement, values } = render(text, this.#sight);
    return (await this.#query.query<Row>(statement, values)).rows;
  }
}
