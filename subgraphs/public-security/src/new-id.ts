import { randomBytes } from 'node:crypto';
import { dayText, shenzhenDay } from './shenzhen-day.js';

const base32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** An opaque identifier of a new row: a letter and 12 characters (60 bits) that nobody can guess. */
export function newId(letter: string): string {
  return letter + Array.from(randomBytes(12), (byte) => base32[byte & 31]).join('');
}

/** The number of a new record that begins with its day in Shenzhen: `E20260101-…`. */
export function datedId(letter: string, now: Date): string {
  return `${letter}${dayText(shenzhenDay(now)).replaceAll('-', '')}-${newId('')}`;
}
