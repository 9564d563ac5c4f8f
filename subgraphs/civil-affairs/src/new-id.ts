import { randomBytes } from 'node:crypto';
import { timeId } from './time-id.js';

/** A key that says nothing: a letter and 64 random bits. */
export function newId(letter: string): string {
  return letter + randomBytes(8).toString('hex');
}

/** A key that sorts by time and says nothing else. */
export function newTimeId(letter: string, now: Date): string {
  return timeId(letter, now, randomBytes(4).toString('hex'));
}
