import { createHash } from 'node:crypto';
import type { Subject } from '@linli/schema/subject';
import { anonymous } from '@linli/schema/subject';
import { noOverride, type OverrideContext, type Planner } from './planner.js';

/** Says which progressive overrides hold for whoever asks. */
export type ChooseOverride = (subject: Subject) => OverrideContext;

const steps = 2 ** 32;

/**
 * Makes the choice of progressive overrides over one supergraph (Federation 2.7, `@override(label:)`). A label of the
 * form `percent(n)` holds for n percent of all subjects, and always for the same ones, so that nobody's data changes its
 * department from request to request; subjects for whom a lower percentage holds have the higher ones, too. Without an
 * identity every request is drawn anew. Any other label holds for everybody or nobody.
 *
 * @param labels those that hold; what the supergraph does not name is passed over
 */
export function overrideChoice(planner: Planner, labels: readonly string[]): ChooseOverride {
  const on: ReadonlySet<string> = new Set(labels.filter((label) => planner.labels.includes(label)));
  if (!planner.percentages.length) {
    const always = { ...noOverride, labels: on };
    return () => always;
  }
  return ({ id }) => ({ labels: on, percentage: id === anonymous.id ? Math.random() * 100 : percentageOf(id) });
}

/** Where a subject stands between 0 and 100, 100 itself left out; evenly spread over all subjects. */
export function percentageOf(id: string): number {
  return (createHash('sha256').update(id).digest().readUInt32BE(0) / steps) * 100;
}

/** With every override off and with every one on; one of both where the supergraph has none. */
export function extremes(planner: Planner): readonly OverrideContext[] {
  if (!planner.labels.length && !planner.percentages.length) return [noOverride];
  return [noOverride, { labels: new Set(planner.labels), percentage: 0 }];
}
