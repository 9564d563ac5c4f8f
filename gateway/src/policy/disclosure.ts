import type { Relation } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import { bulkReadRefused } from '../errors.js';
import type { ResponseError } from '../errors.js';
import type { FactPaths, FieldGuard } from '../planning/guard.js';
import { partWidth } from '../planning/guard.js';
import type { Decisions } from './decisions.js';
import { denial } from './denial.js';
import type { Emergency } from './emergency.js';
import type { Rows } from './rows.js';

type Path = readonly (string | number)[];

/** What an answer says about itself beside its data. */
export interface DisclosureExtensions {
  /** Paths of what was masked; `*` stands for the index of a list. */
  masked?: readonly string[];
  /** Break-glass access was used. */
  emergency?: { readonly caseNumber: string; readonly until: string };
}

/**
 * The account of one answer, kept by the projection while it writes: how its reader is related to each row, which values
 * were denied or masked, and how many rows of personal data there were.
 */
export class Disclosure {
  readonly #denied = new Map<string, { error: ResponseError; count: number }>();
  readonly #masked = new Set<string>();
  #rows = 0;

  constructor(
    readonly decisions: Decisions,
    readonly rows: Rows,
    readonly maximumRows: number,
    readonly emergency: Emergency | undefined,
  ) {}

  /** The reader's relations to a row. */
  relate(row: object, facts: FactPaths): number {
    return this.rows.bits(row, facts);
  }

  /** A row of which personal data is written. */
  countRow(): void {
    this.#rows += 1;
  }

  deny(guard: FieldGuard, path: Path, row: number): void {
    const pattern = patternOf(path);
    const known = this.#denied.get(pattern);
    if (known) {
      known.count += 1;
      known.error.extensions['count'] = known.count;
    } else
      this.#denied.set(pattern, {
        count: 1,
        error: denial(guard, path, relationsOf(row), this.rows.subject, this.decisions),
      });
  }

  mask(path: Path): void {
    this.#masked.add(patternOf(path));
  }

  /** One error for each place in the operation where something was denied, with the number of values. */
  get errors(): ResponseError[] {
    return [...this.#denied.values()].map(({ error }) => error);
  }

  get extensions(): DisclosureExtensions | undefined {
    if (!this.#masked.size && !this.emergency) return undefined;
    return {
      ...(this.#masked.size > 0 && { masked: [...this.#masked] }),
      ...(this.emergency && {
        emergency: { caseNumber: this.emergency.caseNumber, until: this.emergency.until.toISOString() },
      }),
    };
  }

  /** Throws a Refusal where more rows of personal data were written than one answer may hold. */
  enforceBulkLimit(): void {
    if (this.#rows > this.maximumRows) throw bulkReadRefused(this.#rows, this.maximumRows);
  }
}

function patternOf(path: Path): string {
  return path.map((part) => (typeof part === 'number' ? '*' : part)).join('.');
}

/** The relations that a row's bits stand for, in the order of `relations`. */
function relationsOf(row: number): Relation[] {
  const bits = row | (row >> partWidth) | (row >> (2 * partWidth));
  return relations.filter((_, i) => bits & (1 << i));
}
