/** A linear condition on unknown counts: the sum of some of them is a known number. */
export interface Known {
  readonly unknowns: readonly number[];
  readonly sum: number;
}

/**
 * What somebody with all published numbers and all the time can find out: the least and the greatest value that a sum of
 * unknown counts can have, none of them being negative. A linear programme, solved by the simplex method with Bland's rule.
 */
export function bounds(count: number, known: readonly Known[], target: readonly number[]): [number, number] {
  const objective = Array.from({ length: count }, (_, i) => (target.includes(i) ? 1 : 0));
  return [
    -maximum(
      count,
      known,
      objective.map((each) => -each),
    ),
    maximum(count, known, objective),
  ];
}

const epsilon = 1e-9;

function maximum(count: number, known: readonly Known[], objective: readonly number[]): number {
  const columns = count + known.length;
  // One artificial variable to a condition; they are the first basis and leave it in the first phase.
  const rows = known.map(({ unknowns, sum }, i) => {
    const row = new Array<number>(columns + 1).fill(0);
    for (const unknown of unknowns) row[unknown]! += 1;
    row[count + i] = 1;
    row[columns] = sum;
    return row;
  });
  const basis = known.map((_, i) => count + i);
  const phase = (cost: readonly number[], usable: number): number => {
    for (;;) {
      const reduced = (j: number) => cost[j]! - basis.reduce((sum, b, i) => sum + cost[b]! * rows[i]![j]!, 0);
      let entering = -1;
      for (let j = 0; j < usable && entering < 0; j++) if (!basis.includes(j) && reduced(j) > epsilon) entering = j;
      if (entering < 0) return basis.reduce((sum, b, i) => sum + cost[b]! * rows[i]![columns]!, 0);
      const leaving = leavingRow(rows, basis, entering, columns);
      if (leaving < 0) return Infinity;
      pivot(rows, basis, leaving, entering);
    }
  };
  const artificial = Array.from({ length: columns }, (_, j) => (j < count ? 0 : -1));
  if (phase(artificial, columns) < -1e-6) throw new Error('The published numbers contradict each other.');
  for (let i = 0; i < rows.length; i++) {
    const replacement = basis[i]! >= count ? rows[i]!.findIndex((x, j) => j < count && Math.abs(x) > epsilon) : -1;
    if (replacement >= 0) pivot(rows, basis, i, replacement);
  }
  return phase([...objective, ...known.map(() => 0)], count);
}

function leavingRow(rows: number[][], basis: number[], entering: number, last: number): number {
  let leaving = -1;
  for (let i = 0; i < rows.length; i++) {
    if (rows[i]![entering]! <= epsilon) continue;
    const ratio = rows[i]![last]! / rows[i]![entering]!;
    const best = leaving < 0 ? Infinity : rows[leaving]![last]! / rows[leaving]![entering]!;
    if (ratio < best - epsilon || (ratio < best + epsilon && leaving >= 0 && basis[i]! < basis[leaving]!)) leaving = i;
  }
  return leaving;
}

function pivot(rows: number[][], basis: number[], row: number, column: number): void {
  const factor = rows[row]![column]!;
  rows[row] = rows[row]!.map((x) => x / factor);
  for (let i = 0; i < rows.length; i++) {
    const times = rows[i]![column]!;
    if (i !== row && times !== 0) rows[i] = rows[i]!.map((x, j) => x - times * rows[row]![j]!);
  }
  basis[row] = column;
}
