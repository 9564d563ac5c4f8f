import type { Asked } from './asked.js';
import type { Action, Cases, Policies } from './cedar/policies.js';
import type { Kind } from './kinds.js';

/**
 * Whether anything permits an action on fields of a kind in any of the cases. Most fields are nothing to most readers,
 * and that is known without asking about each case. What is permitted may still be forbidden.
 */
export function mayBePermitted(
  policies: Policies,
  asked: Asked,
  { field }: Kind,
  action: Action,
  cases: Cases,
): boolean {
  const question = { ...asked, action, field, relation: 'none', minor: false } as const;
  return (action === 'write' ? (['write'] as const) : (['read', 'readMasked'] as const)).some(
    (each) => !policies.permitted(each, question, cases)[Symbol.iterator]().next().done,
  );
}
