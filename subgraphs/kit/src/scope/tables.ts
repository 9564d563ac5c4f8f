import { Kind, parse, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { StartError } from '../errors.js';
import type { Query } from './query.js';
import type { AnyScopeDeclaration } from './declaration.js';
import type { ModelTable } from './data-model.js';

/** A column in which a row says whom or where it is about. */
export interface RowFact {
  readonly field: string;
  readonly column: string;
  /** Whether it holds several. */
  readonly list: boolean;
}

/** A column of days by which a row is about a minor or is not. */
export interface MinorFact {
  readonly field: string;
  readonly column: string;
  /** Whether it holds the day of a birth; the day until which the row is about a minor otherwise. */
  readonly birth: boolean;
  readonly nullable: boolean;
}

/** In which columns the rows of a type hold the facts by which they are shown to some callers and not to others. */
export interface ScopedFacts {
  /** The GraphQL type. */
  readonly type: string;
  readonly subject: RowFact | undefined;
  readonly community: RowFact | undefined;
  readonly assigned: RowFact | undefined;
  readonly minor: MinorFact | undefined;
}

/** A table of such rows. */
export interface ScopedTable extends ModelTable, ScopedFacts {}

const texts = ['subject', 'community', 'assigned'] as const;
const facts = [...texts, 'minor'] as const;
type TextFact = (typeof texts)[number];
type Fact = (typeof facts)[number];

/** The types of a contract that are `@scoped`, and which facts their directives name. */
function scopedTypes(sdl: DocumentNode): Map<string, Set<Fact>> {
  const types = new Map<string, Set<Fact>>();
  for (const definition of sdl.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const directives = definition.directives?.filter(({ name }) => name.value === 'scoped') ?? [];
    for (const { arguments: given } of directives as readonly ConstDirectiveNode[]) {
      const named = types.get(definition.name.value) ?? new Set<Fact>();
      for (const fact of facts) if (given?.some(({ name }) => name.value === fact)) named.add(fact);
      types.set(definition.name.value, named);
    }
  }
  return types;
}

/** What a column holds that may say whom or where a row is about. */
interface FactColumn {
  readonly holds: 'text' | '_text' | 'date';
  readonly nullable: boolean;
}

/** The columns of some tables that can hold a fact. */
async function factColumns(query: Query, tables: readonly string[]): Promise<Map<string, FactColumn>> {
  const { rows } = await query.query<FactColumn & { name: string }>(
    `SELECT table_name || '.' || column_name AS name, udt_name AS holds, is_nullable = 'YES' AS nullable
     FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = ANY($1::text[]) AND udt_name IN ('text', '_text', 'date')`,
    [tables],
  );
  return new Map(rows.map(({ name, ...column }) => [name, column]));
}

/**
 * Finds the tables of a department's `@scoped` types, once at start.
 * @param options.sdl the department's contract
 * @param options.query a connection to the migrated database
 * @throws StartError naming all at once: a scoped type that is not declared, a declared one that is not scoped, facts
 *   that only one of both names, fields and columns that are not there or cannot hold such a fact, a model that two types
 *   share, and a model with relations, through which Prisma would read rows past the caller's condition
 */
export async function scopedTables(options: {
  sdl: string;
  declaration: AnyScopeDeclaration;
  models: ReadonlyMap<string, ModelTable>;
  query: Query;
}): Promise<ScopedTable[]> {
  const { declaration, models } = options;
  const contract = scopedTypes(parse(options.sdl));
  const problems: string[] = [];
  const wrong = (type: string, problem: string) => problems.push(`${type} ${problem}`);

  for (const type of contract.keys()) {
    if (!declaration[type]) wrong(type, 'is @scoped in the contract and has no entry in src/scope.ts');
  }
  const used = new Map<string, string>();
  const declared = Object.entries(declaration).flatMap(([type, entry]) => {
    const named = contract.get(type);
    if (!named) return (wrong(type, 'has an entry in src/scope.ts and is not @scoped in the contract'), []);
    const model = models.get(entry.model);
    if (!model) return (wrong(type, `names the model ${entry.model}, which schema.prisma does not have`), []);
    if (used.has(entry.model)) wrong(type, `names the model ${entry.model} like ${used.get(entry.model)!}`);
    used.set(entry.model, type);
    if (model.relations.length) wrong(type, `has relations in schema.prisma (${model.relations.join(', ')})`);
    for (const fact of facts) {
      if (named.has(fact) === (entry[fact] !== undefined)) continue;
      wrong(type, named.has(fact) ? `does not say in src/scope.ts where "${fact}" is` : `has no "${fact}" in @scoped`);
    }
    return [{ type, entry, model }];
  });

  const columns = await factColumns(
    options.query,
    declared.map(({ model }) => model.table),
  );
  const tables = declared.map(({ type, entry, model }): ScopedTable => {
    const columnOf = (field: string) => {
      const name = model.columns.get(field);
      const column = columns.get(`${model.table}.${name}`);
      return name !== undefined && column ? { name, ...column } : undefined;
    };
    const factOf = (fact: TextFact): RowFact | undefined => {
      const field = entry[fact];
      if (field === undefined) return undefined;
      const column = columnOf(field);
      if (column && column.holds !== 'date') return { field, column: column.name, list: column.holds === '_text' };
      wrong(type, `names ${field} as its "${fact}", which is no column of texts`);
      return undefined;
    };
    const minorOf = ({ minor }: typeof entry): MinorFact | undefined => {
      if (!minor) return undefined;
      const birth = 'bornOn' in minor;
      const field = birth ? minor.bornOn : minor.until;
      const column = columnOf(field);
      // Of a row without a day of birth nobody can tell whether it is about a minor.
      if (column?.holds === 'date' && !(birth && column.nullable)) {
        return { field, column: column.name, birth, nullable: column.nullable };
      }
      wrong(
        type,
        `names ${field} as its "minor", which is no column of ${birth ? 'days that are always there' : 'days'}`,
      );
      return undefined;
    };
    return {
      ...model,
      type,
      subject: factOf('subject'),
      community: factOf('community'),
      assigned: factOf('assigned'),
      minor: minorOf(entry),
    };
  });
  if (problems.length) throw new StartError(`Row scope is not as the contract has it: ${problems.join('; ')}.`);
  return tables;
}
