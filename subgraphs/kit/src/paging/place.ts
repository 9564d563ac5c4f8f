/** A range on a code column that an index can serve under every collation. */
export interface CodeRange {
  gte: string;
  lt: string;
}

/** All codes that start with a prefix of digits: `440303` → from `440303` up to, not including, `440304`. */
export function placeRange(prefix: string): CodeRange;
/** No condition where no place is given. */
export function placeRange(prefix: string | null | undefined): CodeRange | undefined;
export function placeRange(prefix: string | null | undefined): CodeRange | undefined {
  if (prefix == null) return undefined;
  return { gte: prefix, lt: String(BigInt(prefix) + 1n).padStart(prefix.length, '0') };
}
