import { residentIdCheckCharacter } from './resident-id-number.js';
import { creditCodeCheckCharacter } from './unified-social-credit-code.js';

/** A region code that GB/T 2260 does not assign, so that no synthetic number can be a living person's. */
export const unassignedRegion = '449999';

/**
 * A resident ID number with a valid check character and an unassigned region.
 * @param birthDate YYYY-MM-DD
 * @param sequence 0–999; odd for men, even for women, as in the standard
 */
export function syntheticIdNumber(birthDate: string, sequence: number): string {
  const digits = unassignedRegion + birthDate.replaceAll('-', '') + String(sequence).padStart(3, '0');
  return digits + residentIdCheckCharacter(digits);
}

/**
 * A unified social credit code with a valid check character and an unassigned region.
 * @param registrar two characters: registering authority and kind, e.g. `91` for a company, `52` for a social service body
 * @param serial 0–999999999
 */
export function syntheticCreditCode(registrar: string, serial: number): string {
  const characters = registrar + unassignedRegion + String(serial).padStart(9, '0');
  return characters + creditCodeCheckCharacter(characters);
}

/** An 11-digit number in the 154 segment, which no carrier had been given when this was written. */
export function syntheticPhone(serial: number): string {
  return `154${String(serial % 100_000_000).padStart(8, '0')}`;
}
