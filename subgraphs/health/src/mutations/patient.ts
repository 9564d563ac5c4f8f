import { refuse } from '@linli/kit/writing/refusal';
import type { HealthRecord } from '../generated/prisma/client.js';
import { plusMonths } from '../today.js';
import type { Tx } from './transaction.js';

const monthsOfChildhood = 14 * 12;

/**
 * The health record of a resident about whom the caller may write; it tells where the resident lives, whose patient they
 * are, and until when they are under 14.
 * @throws Refusal NOT_ALLOWED before anything is told of the resident, NOT_FOUND where there is no record yet
 */
export async function recordOf(tx: Tx, residentId: string): Promise<HealthRecord> {
  const record = await tx.all.healthRecord.findUnique({ where: { residentId } });
  const { communityCode: community, handlers: assigned } = record ?? {};
  tx.requireRelation(['residentId'], { subject: residentId, community, assigned });
  if (!record) throw refuse(['residentId'], 'NOT_FOUND', '尚未建立电子健康档案，请先建档。');
  return record;
}

/** What rows about a patient are scoped by. */
export function scopeOf({ residentId, communityCode, handlers, minorUntil }: HealthRecord) {
  return { residentId, communityCode, handlers, minorUntil };
}

/** The birth date of a patient who is under 14, which is kept of no others; null for them. */
export function birthDateOf({ minorUntil }: Pick<HealthRecord, 'minorUntil'>): Date | null {
  return minorUntil && plusMonths(minorUntil, -monthsOfChildhood);
}

/** The clinic of that id. @throws Refusal NOT_FOUND */
export async function requireFacility(tx: Tx, id: string) {
  const facility = await tx.all.healthFacility.findUnique({ where: { id } });
  if (!facility) throw refuse(['facilityId'], 'NOT_FOUND', '没有这家社康机构，请重新选择。');
  return facility;
}

/** Makes a doctor the one who treats a patient, in all that is kept about them but referrals, which have handlers of their own. */
export async function handTo(tx: Pick<Tx, 'all'>, residentId: string, handlers: string[]): Promise<void> {
  const change = { where: { residentId }, data: { handlers } };
  await tx.all.healthRecord.updateMany(change);
  await tx.all.vaccination.updateMany(change);
  await tx.all.vaccinationDue.updateMany(change);
  await tx.all.healthAppointment.updateMany(change);
  await tx.all.homeBed.updateMany(change);
  await tx.all.careProgramme.updateMany(change);
  await tx.all.mentalHealthScreening.updateMany(change);
}
