/** A number from 0 to 2³² − 1 for a text (FNV-1a with a final mix). */
export function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  return (state ^ (state >>> 13)) >>> 0;
}

/** A value of a scalar, custom ones included, which may be any JSON. */
export function leafValue(scalar: string, seed: number): unknown {
  switch (scalar) {
    case 'Int':
      return ((seed >>> 3) % 1000) - 100;
    case 'Float':
      return ((seed >>> 3) % 1000) / 8;
    case 'Boolean':
      return (seed >>> 3) % 2 === 0;
    case 'ID':
      return `id-${seed}`;
    case 'String':
      return [`text ${seed}`, `引号 "${seed}" \\`, `${seed}\n\t`, ''][(seed >>> 3) % 4];
    default:
      return [`${scalar} ${seed}`, seed, true, { a: [seed], __typename: 'x' }, [1, [2]]][(seed >>> 3) % 5];
  }
}

const wrong: readonly unknown[] = [
  null,
  'x',
  '',
  5,
  -1.5,
  2 ** 40,
  true,
  {},
  { __typename: 'Nobody' },
  [],
  [null],
  ['x', 3],
  [{}, null],
];

/** A value that hardly fits whatever was expected. */
export function corrupted(seed: number): unknown {
  return wrong[(seed >>> 7) % wrong.length];
}
