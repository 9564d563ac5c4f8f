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
import { tally, type PersonalData, type ShownRows } from './shown.js';

type Path = readonly (string | number)[];

/** What an answer says about itself beside its data. */
export interface DisclosureExtensions {
  /** Paths of what was masked; `*` stands for the index of a list. */
  masked?: readonly string[];
  /** Break-glass access was used. */
  emergency?: { readonly caseNumber: string; readonly until: string };
}

/** The values that were denied in one place of the operation, told of by the first of them. */
interface Denied {
  readonly pattern: string;
  readonly guard: FieldGuard;
  readonly path: Path;
  readonly row: number;
  count: number;
}

/** How far an account had got at some moment. */
export interface Account {
  readonly denials: number;
  readonly masked: number;
  readonly shown: number;
}

/**
 * The account of one answer, kept by the projection while it writes: how its reader is related to each row, which values
 * were denied or masked, and whose personal data was shown.
 */
export class Disclosure {
  /** One after the other, so that the last can be taken back. Most answers need none of the four. */
  #denials: Denied[] | undefined;
  #denied: Map<string, Denied> | undefined;
  #maskings: string[] | undefined;
  #masked: Set<string> | undefined;
  /** Rows with personal data, in three columns of one length: what was selected of them, the data, the bits. */
  readonly #selected: PersonalData[] = [];
  readonly #data: object[] = [];
  readonly #bits: number[] = [];

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

  /** A row of which personal data is written; `bits` are its reader's relations to it. */
  note(data: object, bits: number, selected: PersonalData): void {
    this.#selected.push(selected);
    this.#data.push(data);
    this.#bits.push(bits);
  }

  deny(guard: FieldGuard, path: Path, row: number): void {
    const pattern = patternOf(path);
    this.#denied ??= new Map();
    let denied = this.#denied.get(pattern);
    if (!denied) this.#denied.set(pattern, (denied = { pattern, guard, path, row, count: 0 }));
    denied.count += 1;
    (this.#denials ??= []).push(denied);
  }

  mask(path: Path): void {
    const pattern = patternOf(path);
    this.#masked ??= new Set();
    if (this.#masked.has(pattern)) return;
    this.#masked.add(pattern);
    (this.#maskings ??= []).push(pattern);
  }

  /** What is held now, to come back to. */
  account(): Account {
    return { denials: this.#denials?.length ?? 0, masked: this.#maskings?.length ?? 0, shown: this.#data.length };
  }

  /** Forgets everything since an account: what was written since turned out to be hidden from the reader. */
  returnTo({ denials, masked, shown }: Account): void {
    for (const denied of this.#denials?.splice(denials) ?? []) {
      denied.count -= 1;
      if (denied.count === 0) this.#denied!.delete(denied.pattern);
    }
    for (const pattern of this.#maskings?.splice(masked) ?? []) this.#masked!.delete(pattern);
    this.#selected.length = shown;
    this.#data.length = shown;
    this.#bits.length = shown;
  }

  /** One error for each place in the operation where something was denied, with the number of values. */
  get errors(): ResponseError[] {
    return [...(this.#denied?.values() ?? [])].map(({ guard, path, row, count }) => {
      const error = denial(guard, path, relationsOf(row), this.rows.subject, this.decisions);
      return count === 1 ? error : { ...error, extensions: { ...error.extensions, count } };
    });
  }

  /** Whose personal data was written, and which; empty where there was none. */
  shown(): ShownRows[] {
    return tally(this.#selected, this.#data, this.#bits);
  }

  get extensions(): DisclosureExtensions | undefined {
    const masked = this.#maskings ?? [];
    if (!masked.length && !this.emergency) return undefined;
    return {
      ...(masked.length > 0 && { masked: [...masked] }),
      ...(this.emergency && {
        emergency: { caseNumber: this.emergency.caseNumber, until: this.emergency.until.toISOString() },
      }),
    };
  }

  /** Throws a Refusal where more rows of personal data were written than one answer may hold. */
  enforceBulkLimit(): void {
    if (this.#data.length <= this.maximumRows) return;
    const rows = this.#selected.filter(({ counted }, i) => (this.#bits[i]! & counted) !== 0).length;
    if (rows > this.maximumRows) throw bulkReadRefused(rows, this.maximumRows);
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
