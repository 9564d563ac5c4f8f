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
