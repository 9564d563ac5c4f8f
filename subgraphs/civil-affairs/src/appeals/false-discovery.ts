/**
 * The Benjamini–Hochberg procedure: which of many tests are discoveries, so that at most a share `bound` of the discoveries
 * is expected to be false (Benjamini and Hochberg, Controlling the False Discovery Rate, J. R. Statist. Soc. B 57, 1995).
 * @param pValues of the tests that could be discoveries; the others, up to `tests` in all, count as 1
 * @returns for each of the values whether it is a discovery
 */
export function discoveries(pValues: readonly number[], tests: number, bound: number): boolean[] {
  const sorted = [...pValues].sort((a, b) => a - b);
  const last = sorted.findLastIndex((p, i) => p <= ((i + 1) / tests) * bound);
  const threshold = last < 0 ? -1 : sorted[last]!;
  return pValues.map((p) => p <= threshold);
}
