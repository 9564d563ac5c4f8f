import type { Party } from './party.js';
import { shapeOf } from './shape.js';
import type { Shape } from './shape.js';
import { signInChecks } from './sign-in-checks.js';
import { tokenChecks } from './token-checks.js';

/** Everything that an issuer of the realm has to do, be it Keycloak or the embedded one. */
export const checks = [...tokenChecks, ...signInChecks];

/** What became of a check: a problem is one line, without tokens or passwords. */
export interface Outcome {
  name: string;
  problem: string | undefined;
}

/** Runs every check against an issuer, one after the other. */
export async function checkIssuer(party: Party): Promise<{ outcomes: Outcome[]; shapes: Map<string, Shape> }> {
  const shapes = new Map<string, Shape>();
  const outcomes: Outcome[] = [];
  for (const { name, run } of checks) {
    const problem = await run(party, (where, said) => shapes.set(where, shapeOf(said))).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    outcomes.push({ name, problem });
  }
  return { outcomes, shapes };
}
