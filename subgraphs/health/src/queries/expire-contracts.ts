import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';
import { isoDay } from '../today.js';

/** What is in a doctor's hands by a contract, and no longer when it has run out. */
const treated = [
  'health_record',
  'vaccination',
  'vaccination_due',
  'health_appointment',
  'home_bed',
  'care_programme',
  'mental_health_screening',
];

interface Expired {
  id: string;
  resident_id: string;
  doctor_id: string;
}

/**
 * Ends contracts that have run out before a day, up to `most` of them: their doctors see nothing of these residents any
 * more, and have room for others.
 * @param only ids of the contracts to look at; all of them if left out
 * @returns how many were ended
 */
export async function expireContracts(
  tx: Pick<SystemContext<Database>, 'query'>,
  today: Date,
  only: readonly string[] | null = null,
  most = 1000,
): Promise<number> {
  const day = isoDay(today);
  const expired = await tx.query<Expired>(
    `UPDATE family_doctor_contract SET state = 'EXPIRED', ended_on = expires_on, current_resident_id = NULL,
       handlers = '{}', version = version + 1
     WHERE id IN (SELECT id FROM family_doctor_contract
       WHERE state = 'ACTIVE' AND expires_on < $1::date AND ($2::text[] IS NULL OR id = ANY($2::text[]))
       ORDER BY id LIMIT $3 FOR UPDATE)
     RETURNING id, resident_id, doctor_id`,
    [day, only, most],
  );
  if (expired.length === 0) return 0;
  await tx.query(
    `INSERT INTO family_doctor_contract_entry (id, contract_id, number, change, "on", expires_on)
     SELECT c.id || '-' || lpad(n::text, 4, '0'), c.id, n, 'EXPIRED', c.expires_on, c.expires_on
     FROM family_doctor_contract c CROSS JOIN LATERAL
       (SELECT count(*) + 1 AS n FROM family_doctor_contract_entry e WHERE e.contract_id = c.id) k
     WHERE c.id = ANY($1::text[])`,
    [expired.map(({ id }) => id)],
  );
  await tx.query(
    `UPDATE family_doctor d SET signed = signed - over.contracts
     FROM (SELECT doctor_id, count(*) AS contracts FROM family_doctor_contract WHERE id = ANY($1::text[]) GROUP BY 1) over
     WHERE d.id = over.doctor_id`,
    [expired.map(({ id }) => id)],
  );
  const residents = expired.map(({ resident_id: resident }) => resident);
  for (const table of treated) {
    await tx.query(`UPDATE "${table}" SET handlers = '{}' WHERE resident_id = ANY($1::text[])`, [residents]);
  }
  return expired.length;
}

/** Contracts that run out within some days of a day and whose expiry nobody was told of yet; marks them as told. */
export async function contractsToAnnounce(
  tx: Pick<SystemContext<Database>, 'query'>,
  today: Date,
  within: Date,
  most = 1000,
): Promise<{ id: string; expires_on: Date }[]> {
  return tx.query(
    `UPDATE family_doctor_contract SET reminded_of = expires_on
     WHERE id IN (SELECT id FROM family_doctor_contract
       WHERE state = 'ACTIVE' AND expires_on BETWEEN $1::date AND $2::date AND reminded_of IS DISTINCT FROM expires_on
       ORDER BY id LIMIT $3 FOR UPDATE)
     RETURNING id, expires_on`,
    [isoDay(today), isoDay(within), most],
  );
}
