/** Counts of persons in one area. */
export interface AreaCounts {
  /** Everybody who is counted, of whom the cells are parts; the sum of a partition. */
  readonly base: number;
  /** The counts that are published together, or not at all. */
  readonly cells: readonly number[];
}

/** An area with the areas that it is made of; its counts are the sums of theirs. */
export interface Area {
  readonly code: string;
  readonly counts: AreaCounts;
  readonly parts: readonly Area[];
}

/** Adds an area to its parts. */
export function areaOf(code: string, parts: readonly Area[]): Area {
  const [first] = parts;
  const cells = first ? first.counts.cells.map((_, j) => sum(parts.map(({ counts }) => counts.cells[j]!))) : [];
  return { code, counts: { base: sum(parts.map(({ counts }) => counts.base)), cells }, parts };
}

/** The area and everything below it. */
export function* within(area: Area): Generator<Area> {
  yield area;
  for (const part of area.parts) yield* within(part);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
