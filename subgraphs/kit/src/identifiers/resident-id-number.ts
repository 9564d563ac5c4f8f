/** 公民身份号码, GB 11643: region 6, birth date 8, sequence 3, check character (ISO 7064 MOD 11-2). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';

/** The check character of the first 17 digits. */
export function residentIdCheckCharacter(digits17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (digits17.charCodeAt(i) - 48) * weights[i]!;
  return checkCharacters[sum % 11]!;
}

/** True for 18 characters with a real calendar date and the right check character. */
export function isResidentIdNumber(value: string): boolean {
  const match = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(value);
  if (!match) return false;
  const date = new Date(`${match[1]}-${match[2]}-${match[3]}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(match[3])) return false;
  return residentIdCheckCharacter(value.slice(0, 17)) === value[17];
}
