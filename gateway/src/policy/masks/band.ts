const narrowest = 10;

/**
 * BAND: the lower bound of the band that a number lies in. Bands are ten wide below one hundred, one hundred wide below
 * one thousand, and so on: `37` → `30`, `4` → `0`, `186` → `100`, `3450` → `3000`, `-5` → `-10`. What is not a number, or
 * too large to be counted exactly, is withheld.
 *
 * Still tells: the leading digit and how many follow it; of an age the decade of life.
 */
export function maskBand(value: unknown): number | null {
  if (typeof value !== 'number' || !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return null;
  let width = narrowest;
  while (Math.abs(value) >= width * 10) width *= 10;
  // Adding zero makes nothing of a negative zero.
  return Math.floor(value / width) * width + 0;
}
