/** A number in [0, 1), as of Math.random. */
export type Random = () => number;

/** A generator whose numbers follow from its seed alone (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `from` to `to`, both included. */
export function randomInteger(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

export function pickOne<T>(random: Random, choices: readonly T[]): T {
  const chosen = choices[randomInteger(random, 0, choices.length - 1)];
  if (chosen === undefined && choices.length === 0) throw new Error('There is nothing to pick from.');
  return chosen as T;
}

/** A name that no graph has. */
export function randomName(random: Random): string {
  return `zz${Array.from({ length: 8 }, () => pickOne(random, [...'abcdefghijklmnopqrstuvwxyz'])).join('')}`;
}
