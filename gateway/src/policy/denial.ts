import type { Relation, Subject } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { ResponseError } from '../errors.js';
import type { FieldGuard } from '../planning/guard.js';
import { actionOn } from './action.js';
import type { Decisions } from './decisions.js';
import { declarationHeaders } from './declaration.js';

/** Stands for a rule that is not named, because naming it would tell something of the row. */
const unnamed = 'default-deny';

/**
 * The error of a value that was not shown, or of a mutation that was not run: which field, by which policies, why, and what would help. It is the same for
 * a row about a minor as for one about an adult, and says nothing of a row that its reader does not know.
 *
 * @param related the reader's relations to the row
 */
export function denial(
  { coordinate }: FieldGuard,
  path: readonly (string | number)[],
  related: readonly Relation[],
  subject: Subject,
  decisions: Decisions,
): ResponseError {
  const [type = '', field = ''] = coordinate.split('.');
  const relation = related.find((each) => each !== 'none') ?? 'none';
  const { effect, by } = decisions.because(type, field, relation);
  const policies = effect === 'DENY' && by.length ? by : [unnamed];
  const why = policies.flatMap((id) => decisions.ground.policies.why(id) ?? []);
  const written = actionOn(type, decisions.ground.schema) === 'write';
  return {
    message: `${coordinate} ${written ? 'was not run for you' : 'is not shown to you here'}. ${remedy(type, field, written ? relations : [relation], subject, decisions)}`,
    path,
    extensions: { code: 'FIELD_DENIED', coordinate, policies, ...(why.length > 0 && { why }) },
  };
}

/**
 * What to send in order to see a field, or to run a mutation, where sending something is all that is missing.
 * @param by the relations of which one must permit it
 */
function remedy(type: string, field: string, by: readonly Relation[], subject: Subject, decisions: Decisions): string {
  const { asked } = decisions;
  const declared = { legalBasis: true, caseNumber: true };
  const purposes = [...(asked.purpose === undefined ? [] : [asked.purpose]), ...subject.purposes];
  for (const purpose of purposes) {
    for (const also of [{}, declared]) {
      const effects = by.map((each) => decisions.because(type, field, each, { ...asked, ...also, purpose }).effect);
      if (effects.every((effect) => effect === 'DENY')) continue;
      const headers = [
        ...(purpose === asked.purpose ? [] : [`"${declarationHeaders.purpose}: ${purpose}"`]),
        ...(also === declared ? [declarationHeaders.legalBasis, declarationHeaders.caseNumber] : []),
      ];
      if (headers.length) return `Send ${headers.join(' and ')} if that is what you ask for.`;
    }
  }
  return 'Leave it out, or ask the security officer about the policies named.';
}
