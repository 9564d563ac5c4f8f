import type { Statements } from '@linli/kit/writing/statements';

/** One half hour of a service at a clinic. */
export interface SlotKey {
  readonly facilityId: string;
  readonly service: string;
  readonly at: Date;
}

/** Takes one of a slot's places; false where all of them are taken. Others who take one wait for each other. */
export async function claimSlot(tx: Statements, slot: SlotKey, places: number): Promise<boolean> {
  const claimed = await tx.query(
    `INSERT INTO appointment_slot (facility_id, service, at, taken) VALUES ($1, $2::"HealthService", $3::timestamptz, 1)
     ON CONFLICT (facility_id, service, at) DO UPDATE SET taken = appointment_slot.taken + 1
       WHERE appointment_slot.taken < $4
     RETURNING taken`,
    [slot.facilityId, slot.service, slot.at.toISOString(), places],
  );
  return claimed.length > 0;
}

/** Gives a slot's place back. */
export async function releaseSlot(tx: Statements, slot: SlotKey): Promise<void> {
  await tx.query(
    `UPDATE appointment_slot SET taken = taken - 1
     WHERE facility_id = $1 AND service = $2::"HealthService" AND at = $3::timestamptz AND taken > 0`,
    [slot.facilityId, slot.service, slot.at.toISOString()],
  );
}
