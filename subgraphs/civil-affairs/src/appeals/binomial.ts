/**
 * The probability of `successes` or more in `trials` with `chance` each. Summed term by term from the largest on, so
 * that tails as small as 1e-300 keep their digits.
 */
export function upperTail(successes: number, trials: number, chance: number): number {
  if (successes <= 0) return 1;
  if (successes > trials || chance <= 0) return 0;
  if (chance >= 1) return 1;
  const odds = chance / (1 - chance);
  let logTerm = successes * Math.log(chance) + (trials - successes) * Math.log1p(-chance);
  for (let k = 1; k <= successes; k++) logTerm += Math.log(trials - successes + k) - Math.log(k);
  let term = Math.exp(logTerm);
  let tail = 0;
  for (let k = successes; k <= trials && term > 0; k++) {
    tail += term;
    term *= ((trials - k) / (k + 1)) * odds;
  }
  return Math.min(1, tail);
}
