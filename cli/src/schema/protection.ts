import type { Graph } from './graph.js';
import type { Problem } from './problem.js';
import { checkFacts } from './rules/facts.js';
import { checkHiddenRows } from './rules/hidden-rows.js';
import { checkLevels } from './rules/levels.js';
import { checkMasks } from './rules/masks.js';
import { checkReads } from './rules/reads.js';
import { checkSealing } from './rules/sealing.js';
import { checkSensitiveKeys } from './rules/sensitive-keys.js';
import { checkSurvival } from './rules/survival.js';
import { checkUses } from './rules/uses.js';

/**
 * Everything that the protection of the graph's fields depends on, looked for in the graph as it was composed: that is
 * what the gateway reads, by whatever names the contracts imported their directives. Everything else is a matter of levels, so
 * these come first.
 */
export function checkProtection(graph: Graph): Problem[] {
  const levels = checkLevels(graph.contracts);
  if (levels.length > 0) return levels;
  const rules = [
    checkSurvival,
    checkMasks,
    checkSealing,
    checkHiddenRows,
    checkFacts,
    checkUses,
    checkReads,
    checkSensitiveKeys,
  ];
  return rules.flatMap((rule) => rule(graph));
}
