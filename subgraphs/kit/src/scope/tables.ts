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

/** In which columns the rows of a type hold the facts by which they are shown to some callers and not to others. */
export interface ScopedFacts {
  /** The GraphQL type. */
  readonly type: string;
  readonly subject: RowFact | undefined;
  readonly community: RowFact | undefined;
  readonly assigned: RowFact | undefined;
}

/** A table of such rows. */
export interface ScopedTable extends ModelTable, ScopedFacts {}

const facts = ['subject', 'community', 'assigned'] as const;
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

/** Whether each column of some tables is a list of texts; one that is neither text nor a list of texts is left out. */
async function textColumns(query: Query, tables: readonly string[]): Promise<Map<string, boolean>> {
  const { rows } = await query.query<{ name: string; list: boolean }>(
    `SELECT table_name || '.' || column_name AS name, udt_name = '_text' AS list FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = ANY($1::text[]) AND udt_name IN ('text', '_text')`,
    [tables],
  );
  return new Map(rows.map(({ name, list }) => [name, list]));
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

  const columns = await textColumns(
    options.query,
    declared.map(({ model }) => model.table),
  );
  const tables = declared.map(({ type, entry, model }): ScopedTable => {
    const factOf = (fact: Fact): RowFact | undefined => {
      const field = entry[fact];
      if (field === undefined) return undefined;
      const column = model.columns.get(field);
      const list = column === undefined ? undefined : columns.get(`${model.table}.${column}`);
      if (column === undefined || list === undefined) {
        wrong(type, `names ${field} as its "${fact}", which is no column of texts`);
        return undefined;
      }
      return { field, column, list };
    };
    return { ...model, type, subject: factOf('subject'), community: factOf('community'), assigned: factOf('assigned') };
  });
  if (problems.length) throw new StartError(`Row scope is not as the contract has it: ${problems.join('; ')}.`);
  return tables;
}
