import { refuse } from '@linli/kit/writing/refusal';
import { ageOn } from '../age.js';
import type { Resident } from '../generated/prisma/client.js';
import type { Tx } from './change.js';

/** The resident that the caller is, who must be of an age. */
export async function ownResident(tx: Tx, age: number): Promise<Resident> {
  const { residentId } = tx.subject;
  if (residentId === undefined) throw refuse(null, 'NOT_ALLOWED', '只有居民本人可以办理，请以居民身份登录。');
  tx.requireRelation(null, { subject: residentId });
  const resident = await tx.all.resident.findUnique({ where: { id: residentId } });
  if (!resident) throw refuse(null, 'NOT_FOUND', '没有您的居民登记，请先到社区登记。');
  if (ageOn(resident.birthDate, tx.now) < age) {
    throw refuse(null, 'NOT_ALLOWED', `须年满 ${age} 周岁；未满的由监护人办理。`);
  }
  return resident;
}

/** Refuses residents who live elsewhere. */
export function requireNeighbour(resident: Resident, communityCode: string): void {
  if (resident.communityCode !== communityCode) {
    throw refuse(null, 'NOT_ALLOWED', '只有居住在本社区的居民可以参加。');
  }
}
