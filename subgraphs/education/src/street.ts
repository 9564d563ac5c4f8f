/** The nine-digit code of the street a community belongs to. */
export function streetOf(communityCode: string): string {
  return communityCode.slice(0, 9);
}
