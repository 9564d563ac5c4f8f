const hidden = '*'.repeat(15);
const withheld = '*'.repeat(18);

/**
 * ID_NUMBER: of a citizen ID number (GB 11643) the province and the check character: `440303199003071231` →
 * `44***************1`. Anything else, also numbers of the older form of 15 digits, is eighteen asterisks.
 *
 * Still tells: the province of first registration. The check character follows from all the others: it tells nothing by
 * itself, but to someone who knows place and birth date it leaves an eleventh of the thousand numbers that are possible.
 * Neither the district (3rd to 6th digit), nor the birth date (7th to 14th), nor the sex (17th) is told.
 */
export function maskIdNumber(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (value.length !== 18 || !digit(value.charCodeAt(0)) || !digit(value.charCodeAt(1))) return withheld;
  for (let i = 2; i < 17; i++) {
    const code = value.charCodeAt(i);
    if (!digit(code) && code !== asterisk) return withheld;
  }
  const check = value.charCodeAt(17);
  if (!digit(check) && check !== capitalX && check !== smallX) return withheld;
  return value.slice(0, 2) + hidden + (check === smallX ? 'X' : value[17]!);
}

const asterisk = 42;
const capitalX = 88;
const smallX = 120;

function digit(code: number): boolean {
  return code >= 48 && code <= 57;
}
