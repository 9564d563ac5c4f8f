/**
 * KEEP: the value as it is, for values that do not tell who it is about: states, roles, opaque ids.
 *
 * Still tells: everything. What is not a single value is withheld, since nobody decided about its parts.
 */
export function keep(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
