/** Households that took part in an owners' vote, by what they chose. */
export interface Tally {
  inFavour: number;
  against: number;
  abstained: number;
}

/**
 * Whether an ordinary matter is decided: two thirds of the owners took part, and more than half of those were in favour
 * (Civil Code, article 278). The article counts owners and floor area; here one household is one owner.
 */
export function passes({ inFavour, against, abstained }: Tally, eligible: number): boolean {
  const took = inFavour + against + abstained;
  return took * 3 >= eligible * 2 && inFavour * 2 > took;
}

/** A tally that is not there before the vote is decided. */
export type TallyOnceDecided = { [Choice in keyof Tally]: number | null };

/** A tally as far as it is published. */
export type PublishedTally = TallyOnceDecided & { suppressed: boolean };

/**
 * What is published of a vote: nothing before it is decided; then how many chose what, unless that would tell how somebody
 * voted. It is withheld unless at least two choices have `smallest` households each, and the third as many or none. So it
 * is with few households, with unanimous ones, and with few who chose otherwise than all the others: that it is withheld
 * does not tell which of these it was.
 * @param smallest the smallest count that is published, beside 0
 */
export function publishedTally({ inFavour, against, abstained }: TallyOnceDecided, smallest: number): PublishedTally {
  const none = { inFavour: null, against: null, abstained: null };
  if (inFavour === null || against === null || abstained === null) return { ...none, suppressed: false };
  const chosen = [inFavour, against, abstained].filter((count) => count > 0);
  const tells = chosen.length < 2 || chosen.some((count) => count < smallest);
  return tells ? { ...none, suppressed: true } : { inFavour, against, abstained, suppressed: false };
}
