import { refuse, type Refusal } from '@linli/kit/writing/refusal';
import type { WriteContext } from '@linli/kit/writing/mutation';
import type { Subject } from '@linli/schema/subject';
import type { Database } from './database.js';

/** What every mutation of this department works with. */
export type Writing = WriteContext<Database>;

/** Somebody else has changed what is to be changed. */
export function changed(): Refusal {
  return refuse(['expectedVersion'], 'CONFLICT', '已被他人修改，请重新读取后再试。');
}

/** Who works for the department itself, and connects platforms and devices to it. */
export function isDepartmentOfficer({ roles, department }: Subject): boolean {
  return roles.includes('department-data-officer') && department === 'public-security';
}
