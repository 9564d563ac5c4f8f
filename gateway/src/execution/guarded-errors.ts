import type { ResponseError } from '../errors.js';
import { isOpen } from '../planning/guard.js';
import type { Shape, ShapeField } from '../planning/shape.js';
import { isRowForAll, mayBeHidden } from './row-needs.js';

/** Codes of errors that the gateway worded itself: they say nothing of a row. */
const ownCodes: ReadonlySet<unknown> = new Set([
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_BAD_RESPONSE',
  'ENTITY_LIMIT_EXCEEDED',
]);

/** Codes of errors about what was sent, which its sender knows. */
const inputCodes: ReadonlySet<unknown> = new Set(['BAD_USER_INPUT', 'PAGE_TOO_LARGE', 'BAD_CURSOR']);

/**
 * Departments' errors as somebody may know them who does not see everything. Where a list may have rows that are hidden,
 * the path ends at the list: an index would count them. What a department says in words about a field that depends on the
 * row is left out; so is what it says of an object that has such fields, unless it is about the arguments, since it may be
 * about one of the facts that nobody asked for.
 */
export function guardErrors(errors: readonly ResponseError[], shape: Shape): ResponseError[] {
  return errors.map((error) => guardError(error, shape));
}

function guardError(error: ResponseError, root: Shape): ResponseError {
  const { path } = error;
  if (!path) return mayTell(error, root) ? error : unworded(error);
  let shape: Shape | undefined = root;
  let fields: readonly ShapeField[] = [];
  let guarded = false;
  for (const [i, part] of path.entries()) {
    if (typeof part === 'number') {
      if (fields.some(({ shape: below }) => below && mayBeHidden(below))) return unworded(error, path.slice(0, i));
      continue;
    }
    fields = shape?.variants.flatMap((variant) => variant.fields.filter(({ key }) => key === part)) ?? [];
    guarded ||= fields.some(({ guard }) => guard !== undefined && !isOpen(guard));
    shape = merged(fields);
  }
  return guarded || !mayTell(error, shape) ? unworded(error, path) : error;
}

/** Whether the words of an error about everything below a place may be shown. */
function mayTell({ extensions }: ResponseError, below: Shape | undefined): boolean {
  return below === undefined || inputCodes.has(extensions['code']) || !dependsOnReader(below);
}

/** True where not everybody sees all that is below a place. */
function dependsOnReader({ variants }: Shape): boolean {
  return variants.some(
    ({ row, fields }) =>
      (row !== undefined && !isRowForAll(row)) ||
      fields.some(
        ({ guard, shape }) =>
          (guard !== undefined && !isOpen(guard)) || (shape !== undefined && dependsOnReader(shape)),
      ),
  );
}

/** What is below fields that share a response name on different types. */
function merged(fields: readonly ShapeField[]): Shape | undefined {
  const variants = fields.flatMap(({ shape }) => shape?.variants ?? []);
  return variants.length ? { dispatch: false, variants } : undefined;
}

function unworded(error: ResponseError, path?: readonly (string | number)[]): ResponseError {
  const { code, service } = error.extensions;
  const { path: _, ...rest } = error;
  if (ownCodes.has(code)) return { ...rest, ...(path && { path }) };
  return {
    message: 'A department could not answer this. Try again; if it stays so, tell the operator.',
    ...(path && { path }),
    extensions: { code, ...(service !== undefined && { service }) },
  };
}
