import type { FieldGuard } from '../planning/guard.js';
import type { FieldPath } from '../supergraph/classification.js';

/** A personal datum that was shown, as it is or masked. */
export interface ShownField {
  /** `Type.field`. */
  readonly coordinate: string;
  readonly effect: 'FULL' | 'MASKED';
  /** Set for what does not exist for whoever may not read it. */
  readonly sealed?: true;
}

/** Rows of one type of which the same personal data was shown. */
export interface ShownRows {
  readonly type: string;
  /** Ids of the residents that the rows are about, each once; none for rows about nobody. */
  readonly whose: readonly string[];
  readonly fields: readonly ShownField[];
  readonly rows: number;
}

/** A field of a row, or of a part of it, whose values are personal data. */
export interface PersonalField {
  readonly guard: FieldGuard;
  /** Relations by which the part is shown that it belongs to; all for the row's own fields. */
  readonly reach: number;
}

/** The personal data that an operation selects of one kind of rows. Made once for all answers. */
export class PersonalData {
  /** Relations by which any of it is shown, masked or not. */
  readonly bits: number;
  readonly #byBits = new Map<number, readonly ShownField[]>();

  /**
   * @param subject where a row says whom it is about, by the names in the merged data
   * @param counted relations by which a row counts as one of personal data
   */
  constructor(
    readonly type: string,
    readonly subject: readonly FieldPath[],
    readonly fields: readonly PersonalField[],
    readonly counted: number,
  ) {
    this.bits = fields.reduce((bits, { guard, reach }) => bits | ((guard.allow | guard.mask) & reach), 0);
  }

  /** What is shown of a row by its bits: the same list for the same bits. */
  shown(row: number): readonly ShownField[] {
    const bits = row & this.bits;
    let shown = this.#byBits.get(bits);
    if (!shown) {
      shown = this.fields.flatMap(({ guard, reach }) => {
        const effect = effectOf(guard, bits & reach);
        return effect ? [{ coordinate: guard.coordinate, effect, ...(guard.sealed && { sealed: true as const }) }] : [];
      });
      this.#byBits.set(bits, shown);
    }
    return shown;
  }
}

/** Undefined where nothing of it is shown: what is withheld does not even say whether it is there. */
function effectOf({ allow, mask, method }: FieldGuard, bits: number): ShownField['effect'] | undefined {
  if ((bits & allow) !== 0) return 'FULL';
  if ((bits & mask) === 0 || method === 'WITHHOLD') return undefined;
  return method === 'KEEP' ? 'FULL' : 'MASKED';
}

/** Puts together rows of which the same was shown. */
export function tally(data: readonly PersonalData[], rows: readonly object[], bits: readonly number[]): ShownRows[] {
  const tallies = new Map<readonly ShownField[], { type: string; whose: Set<string>; rows: number }>();
  for (let i = 0; i < rows.length; i++) {
    const { type, subject } = data[i]!;
    const fields = data[i]!.shown(bits[i]!);
    if (fields.length === 0) continue;
    let known = tallies.get(fields);
    if (!known) tallies.set(fields, (known = { type, whose: new Set(), rows: 0 }));
    known.rows += 1;
    for (const path of subject) collect(rows[i], path, 0, known.whose);
  }
  return [...tallies].map(([fields, { type, whose, rows: count }]) => ({
    type,
    whose: [...whose],
    fields,
    rows: count,
  }));
}

/** Every text at the end of a path, through objects and lists. */
function collect(value: unknown, path: FieldPath, at: number, into: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, path, at, into);
  else if (at < path.length) {
    if (typeof value === 'object' && value !== null) {
      collect((value as Record<string, unknown>)[path[at]!], path, at + 1, into);
    }
  } else if (typeof value === 'string') into.add(value);
}
