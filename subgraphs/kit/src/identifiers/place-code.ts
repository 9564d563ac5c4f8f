/** Division codes (统计用区划代码): city 4 digits, district 6, street 9, community 12. */
const placeCode = /^(\d{4}|\d{6}|\d{9}|\d{12})$/;
const communityCode = /^\d{12}$/;

export function isPlaceCode(value: string): boolean {
  return placeCode.test(value);
}

export function isCommunityCode(value: string): boolean {
  return communityCode.test(value);
}

/** The nine-digit street code of a community code. */
export function streetOf(community: string): string {
  return community.slice(0, 9);
}
