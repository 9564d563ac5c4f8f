import type { FieldClass } from '../supergraph/classification.js';
import type { Asked } from './asked.js';

/** Federation's own conditions of a field, `@authenticated` and `@requiresScopes`: both hold, or nothing is read. */
export function meetsConditions({ authenticated, scopes }: FieldClass, asked: Asked): boolean {
  if (authenticated && !asked.authenticated) return false;
  return scopes.length === 0 || scopes.some((all) => all.every((scope) => asked.scopes.includes(scope)));
}
