import { roles } from '@linli/schema/roles';
import type { Asked } from './asked.js';
import type { Decisions } from './decisions.js';
import type { Ground } from './ground.js';

/** Milliseconds at a stretch, but for what comes in one piece: a part of the schema takes some 20. */
const turnMs = 5;

const nobody: Asked = {
  roles: [],
  legalBasis: false,
  caseNumber: false,
  emergency: false,
  authenticated: true,
  scopes: [],
};

/**
 * Does ahead what the first request of a set of roles would wait for: Cedar's answers, and the parts of the schema that
 * single roles see. Requests pass in between.
 *
 * @param decisionsFor the decisions for a kind of reader, by which they are found and kept
 */
export async function warm(ground: Ground, decisionsFor: (asked: Asked) => Decisions): Promise<void> {
  let begun = performance.now();
  const pause = async () => {
    if (performance.now() - begun <= turnMs) return;
    await new Promise(setImmediate);
    begun = performance.now();
  };
  for (const _ of ground.policies.askAhead()) await pause();
  const types = Object.keys(ground.schema.getTypeMap());
  for (const role of roles) {
    const decisions = decisionsFor({ ...nobody, roles: [role] });
    await pause();
    for (const type of types) decisions.visible(type);
    await pause();
  }
}
