/** How many homes chose each option of a vote, as far as it is published. */
export interface PublishedTally {
  /** By option, from the first to the last; null before the vote is decided, and where it is withheld. */
  readonly homes: readonly number[] | null;
  /** Whether the vote is decided and its tally withheld. */
  readonly suppressed: boolean;
}

/**
 * What is published of a vote: nothing before it is decided; then how many chose what, unless that would tell how somebody
 * voted. It is withheld unless at least two options have `smallest` homes each, and every other one as many or none. So it
 * is with few homes, with unanimous ones, and with few who chose otherwise than all the others: that it is withheld does
 * not tell which of these it was.
 * @param tally homes by option; empty before the vote is decided
 * @param smallest the smallest count that is published, beside 0
 */
export function publishedTally(tally: readonly number[], smallest: number): PublishedTally {
  if (tally.length === 0) return { homes: null, suppressed: false };
  const chosen = tally.filter((count) => count > 0);
  const tells = chosen.length < 2 || chosen.some((count) => count < smallest);
  return tells ? { homes: null, suppressed: true } : { homes: tally, suppressed: false };
}
