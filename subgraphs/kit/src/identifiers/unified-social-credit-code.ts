/** 统一社会信用代码, GB 32100: 17 characters and a check character, modulo 31. I, O, S, V and Z are not used. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check character of the first 17 characters. */
export function creditCodeCheckCharacter(characters17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of characters17) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31]!;
}

/** True for 18 characters of the code's alphabet with the right check character. */
export function isUnifiedSocialCreditCode(value: string): boolean {
  return (
    /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(value) &&
    creditCodeCheckCharacter(value.slice(0, 17)) === value[17]
  );
}
