import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Repeatable draws: the same seed and parts give the same draws on every machine. */
export interface Random {
  /** Whole number between both ends, ends included. */
  int(min: number, max: number): number;
  /** True with the given probability, in steps of a thousandth. */
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** 32-bit avalanche of whole numbers and texts (FNV-1a, then the finaliser of MurmurHash3). */
export function hash32(...parts: (number | string)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    const text = typeof part === 'string' ? part : `#${part}`;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A stream of draws of its own for each seed and list of parts, e.g. `randomFor(seed, 'household', 17)`. */
export function randomFor(seed: number, ...parts: (number | string)[]): Random {
  const generator = xoroshiro128plus(hash32(seed, ...parts));
  const int = (min: number, max: number) => uniformInt(generator, min, max);
  return {
    int,
    chance: (probability) => int(0, 999) < probability * 1000,
    pick: (items) => items[int(0, items.length - 1)]!,
  };
}

const base32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** An opaque identifier: a letter and 12 characters (60 bits) that say nothing of what they were made from. */
export function opaqueId(letter: string, ...parts: (number | string)[]): string {
  const high = hash32('high', letter, ...parts);
  const low = hash32('low', letter, ...parts);
  let text = letter;
  for (let i = 0; i < 6; i++) text += base32[(high >>> (i * 5)) & 31];
  for (let i = 0; i < 6; i++) text += base32[(low >>> (i * 5)) & 31];
  return text;
}
