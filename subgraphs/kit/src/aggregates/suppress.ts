import { sum, within, type Area } from './table.js';

/** The smallest count of persons that is published, beside 0, unless a service is set to another one. */
export const defaultSmallestCount = 5;

export interface SuppressionOptions {
  /** Areas to withhold for another reason, as where these are parts of a count that is withheld itself. Default none. */
  readonly also?: ReadonlySet<string>;
  /** Whether the base of an area can be known. In a table of totals it is the cell itself, and cannot. Default always. */
  readonly baseKnown?: (code: string) => boolean;
}

/**
 * Which areas of a table withhold their cells so that no small count can be computed: neither from the area itself, nor by
 * subtracting areas from the area that they are part of, on any level.
 *
 * An area shows all its cells or none. It withholds them
 * 1. where one of them is small, that is from 1 to `smallest` − 1 (primary suppression; 0 is shown, as it is about nobody);
 * 2. where it is the sister of such areas, the one with the fewest people first, until what all withheld sisters are
 *    together, which anybody can compute, gives nothing away (complementary suppression);
 * 3. where even all sisters are not enough: then the area that they make up is withheld with them;
 * 4. where it is part of a withheld area.
 *
 * “Gives nothing away”: knowing the base of every area and the sums over the withheld areas, each small cell could still be
 * any of at least `smallest` + 1 neighbouring numbers. Rows and columns with known sums are a transportation problem, in
 * which one cell can be anything from max(0, row + column − all) to min(row, column).
 *
 * The same table always gives the same answer, whoever asks for however much of it. The root counts as known, whether it is
 * published or not.
 * @param smallest the smallest count that is published, beside 0
 * @returns codes of the areas that withhold their cells
 */
export function suppress(root: Area, smallest: number, options: SuppressionOptions = {}): ReadonlySet<string> {
  const { also = [], baseKnown = () => true } = options;
  const forced = new Set<string>(also);

  const primary = ({ code, counts }: Area) => forced.has(code) || counts.cells.some((cell) => isSmall(cell, smallest));

  /** Whether the areas, withheld together, protect every small cell in or below them. */
  const protects = (group: readonly Area[]): boolean => {
    if (group.length < 2) return group.length === 0;
    const all = sum(group.map(({ counts }) => counts.base));
    const columns = group[0]!.counts.cells.map((_, j) => sum(group.map(({ counts }) => counts.cells[j]!)));
    if (columns.some((column) => isSmall(column, smallest))) return false;
    const hidden = group.flatMap((area) => [...within(area)]);
    return hidden.every(({ code, counts }) =>
      counts.cells.every((cell, j) => {
        if (!isSmall(cell, smallest)) return true;
        const column = columns[j]!;
        if (!baseKnown(code)) return column >= smallest;
        const low = Math.max(0, counts.base + column - all);
        return Math.min(counts.base, column) - low >= smallest;
      }),
    );
  };

  /** The parts to withhold of an area whose own cells are known; undefined where all of them are not enough. */
  const withheldParts = ({ parts }: Area): readonly Area[] | undefined => {
    const group = parts.filter(primary);
    const others = parts.filter((part) => !primary(part)).sort(byBase);
    while (!protects(group)) {
      const next = others.shift();
      if (!next) return undefined;
      group.push(next);
    }
    return group;
  };

  /** Withholds below a known area; false where that area has to be withheld too. */
  const below = (area: Area, withheld: Set<string>): boolean => {
    const group = withheldParts(area);
    if (!group && area !== root) {
      forced.add(area.code);
      return false;
    }
    const hidden = new Set(group ?? area.parts);
    for (const part of hidden) for (const { code } of within(part)) withheld.add(code);
    return area.parts.every((part) => hidden.has(part) || below(part, withheld));
  };

  // What is withheld further up depends on what could not be protected further down: begin again until all of it can.
  for (;;) {
    const withheld = new Set<string>();
    if (below(root, withheld)) return withheld;
  }
}

function isSmall(count: number, smallest: number): boolean {
  return count > 0 && count < smallest;
}

/** The fewest people first; among as many, by code. */
function byBase(one: Area, other: Area): number {
  return one.counts.base - other.counts.base || (one.code < other.code ? -1 : 1);
}
