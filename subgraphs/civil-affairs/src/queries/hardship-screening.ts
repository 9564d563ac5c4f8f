import type { Statements } from '@linli/kit/writing/statements';

/**
 * Residents of whom the department's own data say that nobody may be looking after them: 75 or over, alone, with impaired
 * mobility, covered by no assistance, without care in a place or at home, and without a lead in the last half year.
 */
export async function unattendedElders({ query }: Statements, now: Date, most: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT r.id FROM resident r
     WHERE r.lives_alone AND r.mobility_impaired
       AND r.birth_date <= ($1::timestamptz AT TIME ZONE 'Asia/Shanghai')::date - interval '75 years'
       AND NOT EXISTS (SELECT FROM welfare_cover c WHERE c.resident_id = r.id)
       AND NOT EXISTS (SELECT FROM day_care_enrolment d WHERE d.resident_id = r.id AND d.until_day IS NULL)
       AND NOT EXISTS (
         SELECT FROM home_care_order o WHERE o.resident_id = r.id AND o.at > $1::timestamptz - interval '90 days')
       AND NOT EXISTS (
         SELECT FROM hardship_lead l WHERE l.resident_id = r.id AND l.opened_at > $1::timestamptz - interval '180 days')
     ORDER BY r.id LIMIT $2::integer`,
    [now.toISOString(), most],
  );
  return rows.map(({ id }) => id);
}
