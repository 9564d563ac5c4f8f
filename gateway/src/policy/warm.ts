import { departments } from '@linli/schema/departments';
import { roles } from '@linli/schema/roles';
import type { Asked } from './asked.js';
import { casesOfPurposes } from './cases.js';
import type { Ground } from './ground.js';
import { kindsOf } from './kinds.js';
import { mayBePermitted } from './permitted.js';
import { reachOf } from './reach.js';

/** Milliseconds at a stretch. */
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
 * Asks Cedar ahead of the first requests: what every role, and staff of every department, may ever read, and what is
 * permitted to those who state no legal basis. What is asked is kept with the policies. Requests pass in between: it never
 * takes long at a stretch.
 */
export async function warm(ground: Ground): Promise<void> {
  const readers = roles.flatMap((role) => {
    const reader = { ...nobody, roles: [role] };
    // Where nothing is permitted by department, most of what is asked is the same for all of them.
    const matters = ground.policies.policies.some(
      ({ effect, reads, roles: named }) =>
        effect === 'permit' && reads.principal.includes('department') && (named?.includes(role) ?? true),
    );
    return matters ? [reader, ...departments.map((department) => ({ ...reader, department }))] : [reader];
  });
  const kinds = kindsOf(ground).all();
  let begun = performance.now();
  for (const reader of readers) {
    const reach = reachOf(ground, reader);
    for (const kind of kinds) {
      if (performance.now() - begun > turnMs) {
        await new Promise(setImmediate);
        begun = performance.now();
      }
      const [type = '', field = ''] = kind.field.coordinate.split('.');
      reach.field(type, field);
      for (const cases of casesOfPurposes(kind)) {
        if (!mayBePermitted(ground.policies, reader, kind, kind.action, cases)) continue;
        const { field: of, action } = kind;
        for (const each of cases.list) ground.policies.effect({ ...reader, ...each, action, field: of });
      }
    }
  }
}
