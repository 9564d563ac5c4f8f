import type { Shape, ShapeField } from '../planning/shape.js';

export type Path = (string | number)[];

/**
 * The client's path for a path in the merged data: response names in place of internal ones. It ends above what the
 * client did not ask for (a key, a requirement), and is empty where nothing of it is the client's.
 */
export function clientPath(internal: readonly (string | number)[], root: Shape): Path {
  const path: Path = [];
  let shape: Shape | undefined = root;
  for (const part of internal) {
    if (typeof part === 'number') {
      path.push(part);
      continue;
    }
    const field: ShapeField | undefined = shape && fieldFrom(shape, part);
    if (!field) break;
    path.push(field.key);
    shape = field.shape;
  }
  return path;
}

/** True where the client gets a field of this internal name at this place. */
export function isAsked(internal: readonly (string | number)[], root: Shape): boolean {
  let shape: Shape | undefined = root;
  for (const part of internal) {
    if (typeof part === 'number') continue;
    const field: ShapeField | undefined = shape && fieldFrom(shape, part);
    if (!field) return false;
    shape = field.shape;
  }
  return true;
}

function fieldFrom(shape: Shape, source: string): ShapeField | undefined {
  for (const { fields } of shape.variants) {
    const field = fields.find((each) => each.source === source);
    if (field) return field;
  }
  return undefined;
}
