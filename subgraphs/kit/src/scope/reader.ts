import type { ModelName } from './declaration.js';
import type { ModelTable } from './data-model.js';
import type { ScopedSql } from './sql.js';

/** What may be asked of a model: reading, through which the caller's condition goes. */
const operations = [
  'findMany',
  'findFirst',
  'findFirstOrThrow',
  'findUnique',
  'findUniqueOrThrow',
  'count',
  'aggregate',
  'groupBy',
] as const;
export type Operation = (typeof operations)[number];

/** Where the kit finds what a model's lists under a parent are read with (see `paging/table.ts`). */
export const source = Symbol('source');

/** The table of a model, and SQL in which the caller's rows of it are visible. */
export interface Source {
  readonly table: ModelTable;
  readonly sql: ScopedSql;
}

/**
 * A Prisma client as resolvers have it: every model, to be read only, and of scoped ones the rows that the caller may
 * see. There is no way from it to the client itself, to SQL or to writing.
 */
export type Reader<Client> = {
  readonly [Model in ModelName<Client>]: Pick<Client[Model], (Operation | 'fields') & keyof Client[Model]> & {
    readonly [source]: Source;
  };
};

type Arguments = Readonly<Record<string, unknown>>;
type Delegate = Readonly<Record<string, (args: Arguments) => unknown>> & { readonly fields: object };

/** Arguments by which Prisma reads rows that `where` does not hold for; scoped models are read without. */
const unscopable = ['include', 'cursor'] as const;

function scoped(args: Arguments, where: object, model: string): Arguments {
  for (const name of unscopable) {
    if (args[name] !== undefined) throw new Error(`The scoped model ${model} cannot be read with "${name}".`);
  }
  const asked = (args['where'] ?? {}) as Arguments;
  return { ...args, where: { ...asked, AND: [asked['AND'] ?? [], where].flat() } };
}

/** One model; what it answers is typed by `Reader`. */
export class ModelReader {
  readonly [source]: Source;
  /** References to columns, for conditions that compare two. */
  readonly fields: object;
  readonly #delegate: Delegate;
  readonly #condition: () => object | undefined;

  constructor(delegate: Delegate, from: Source, condition: () => object | undefined) {
    this[source] = from;
    this.fields = delegate.fields;
    this.#delegate = delegate;
    this.#condition = condition;
  }

  /** Gives a class of models operations that have a condition on their rows, and puts the caller's into it. */
  static offer(prototype: ModelReader, names: readonly string[]): void {
    for (const operation of names) {
      Object.defineProperty(prototype, operation, {
        value(this: ModelReader, args: Arguments = {}) {
          const where = this.#condition();
          return this.#delegate[operation]!(where ? scoped(args, where, this[source].table.model) : args);
        },
      });
    }
  }

  static {
    this.offer(this.prototype, operations);
  }
}

/**
 * A client's models for one caller.
 * @param where the condition on a scoped model's rows in Prisma's form; undefined where there is none
 * @param kind what may be done with a model
 */
export function readerOf<Client extends object>(
  client: object,
  models: Iterable<ModelTable>,
  sql: ScopedSql,
  where: (model: string) => object | undefined,
  kind: typeof ModelReader = ModelReader,
): Reader<Client> {
  const reader: Record<string, ModelReader> = {};
  for (const table of models) {
    const { model } = table;
    const delegate = (client as Record<string, Delegate>)[model]!;
    reader[model] = new kind(delegate, { table, sql }, () => where(model));
  }
  return Object.freeze(reader) as unknown as Reader<Client>;
}
