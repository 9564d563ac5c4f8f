import type { Contract } from './contracts.js';
import { checkDescriptions } from './rules/descriptions.js';
import { checkKeys } from './rules/keys.js';
import { checkLevels } from './rules/levels.js';
import { checkOutages } from './rules/outages.js';
import type { Problem } from './problem.js';

/** Checks the departments' contracts against the house rules that GraphQL and Federation know nothing of. */
export function lint(contracts: readonly Contract[]): Problem[] {
  const problems = [
    ...contracts.flatMap(checkDescriptions),
    ...contracts.flatMap(checkKeys),
    ...checkLevels(contracts),
    ...checkOutages(contracts),
  ];
  // Shared files belong to every contract; what is wrong there is said once.
  const seen = new Set<string>();
  return problems.filter(({ code, message, places }) => {
    const key = JSON.stringify([code, message, places]);
    return !seen.has(key) && seen.add(key);
  });
}
