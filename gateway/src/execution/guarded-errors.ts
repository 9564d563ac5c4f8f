import type { ResponseError } from '../errors.js';
import { isOpen } from '../planning/guard.js';
import type { Shape, ShapeField } from '../planning/shape.js';
import { mayBeHidden } from './row-needs.js';

/** Codes of errors that the gateway worded itself: they say nothing of a row. */
const ownCodes: ReadonlySet<unknown> = new Set([
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_BAD_RESPONSE',
  'ENTITY_LIMIT_EXCEEDED',
]);

/**
 * Departments' errors as somebody may know them who does not see everything. Where a list may have rows that are hidden,
 * the path ends at the list: an index would count them. What a department says in words about a field that depends on the
 * row is left out.
 */
export function guardErrors(errors: readonly ResponseError[], shape: Shape): ResponseError[] {
  return errors.map((error) => guardError(error, shape));
}

function guardError(error: ResponseError, root: Shape): ResponseError {
  const { path } = error;
  if (!path) return error;
  let shape: Shape | undefined = root;
  let fields: readonly ShapeField[] = [];
  let guarded = false;
  for (const [i, part] of path.entries()) {
    if (typeof part === 'number') {
      if (fields.some(({ shape: below }) => below && mayBeHidden(below))) return unworded(error, path.slice(0, i));
      continue;
    }
    fields =
      (shape as Shape | undefined)?.variants.flatMap((variant) => variant.fields.filter(({ key }) => key === part)) ??
      [];
    guarded ||= fields.some(({ guard }) => guard !== undefined && !isOpen(guard));
    shape = merged(fields);
  }
  return guarded ? unworded(error, path) : error;
}

/** What is below fields that share a response name on different types. */
function merged(fields: readonly ShapeField[]): Shape | undefined {
  const variants = fields.flatMap(({ shape }) => shape?.variants ?? []);
  return variants.length ? { dispatch: false, variants } : undefined;
}

function unworded(error: ResponseError, path: readonly (string | number)[]): ResponseError {
  const { code, service } = error.extensions;
  if (ownCodes.has(code)) return { ...error, path };
  return {
    message: 'A department could not answer this. Try again; if it stays so, tell the operator.',
    path,
    extensions: { code, ...(service !== undefined && { service }) },
  };
}
