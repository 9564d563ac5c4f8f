import { departments } from '@linli/schema/departments';
import { roles } from '@linli/schema/roles';
import type { Asked } from './asked.js';
import type { Ground } from './decisions.js';
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
 * Asks Cedar ahead of the first requests: what every role, and staff of every department, may ever read. What is asked is
 * kept with the policies. Requests pass in between: it never takes long at a stretch.
 */
export async function warm(ground: Ground): Promise<void> {
  const readers = roles.flatMap((role) => {
    const reader = { ...nobody, roles: [role] };
    return [reader, ...departments.map((department) => ({ ...reader, department }))];
  });
  let begun = performance.now();
  for (const reader of readers) {
    const reach = reachOf(ground, reader);
    for (const { coordinate } of ground.classification.fields) {
      if (performance.now() - begun > turnMs) {
        await new Promise(setImmediate);
        begun = performance.now();
      }
      const [type = '', field = ''] = coordinate.split('.');
      reach.field(type, field);
    }
  }
}
