/** Names and types of what is in a token or an answer, never its values: `{ jurisdiction: 'string[]', exp: 'number' }`. */
export type Shape = Record<string, string>;

/** The shape of a JSON object, nested names joined by dots. */
export function shapeOf(value: object, prefix = ''): Shape {
  const shape: Shape = {};
  for (const [name, part] of Object.entries(value as Record<string, unknown>)) {
    if (Array.isArray(part)) shape[prefix + name] = `${[...new Set(part.map((one) => typeof one))].join('|')}[]`;
    else if (part !== null && typeof part === 'object') Object.assign(shape, shapeOf(part, `${prefix}${name}.`));
    else shape[prefix + name] = typeof part;
  }
  return shape;
}

/** One name that two issuers treat differently; a side without it says `absent`. */
export interface ShapeDifference {
  /** What was compared, for example `password: access token`. */
  where: string;
  name: string;
  left: string;
  right: string;
}

/** Every difference between two sets of shapes. */
export function compareShapes(left: Map<string, Shape>, right: Map<string, Shape>): ShapeDifference[] {
  const found: ShapeDifference[] = [];
  for (const where of new Set([...left.keys(), ...right.keys()])) {
    const one = left.get(where) ?? {};
    const other = right.get(where) ?? {};
    for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const difference = { where, name, left: one[name] ?? 'absent', right: other[name] ?? 'absent' };
      if (difference.left !== difference.right) found.push(difference);
    }
  }
  return found;
}
