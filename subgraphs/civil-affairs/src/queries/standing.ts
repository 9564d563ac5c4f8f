import type { Unscoped } from '@linli/kit/scope/scope';
import DataLoader from 'dataloader';
import type { Standing } from '../generated/graphql.js';

/** Parents are guardians of their children until these come of age (民法典, articles 17 and 27). */
const ofAge = 18;

/**
 * To whom residents are close: the other members of the household, and a child of it as ward of its head and spouse. Who
 * is suspended as a guardian by a child-protection report has no such ward, nor such a member of the household.
 */
export function standingOf(unscoped: Unscoped): DataLoader<string, Standing> {
  return new DataLoader(async (residents) => {
    const { rows } = await unscoped.query<{ resident: string; other: string; ward: boolean }>(
      `SELECT resident, other, ward FROM (
         SELECT r.id AS resident, o.id AS other,
           r.household_role IN ('HEAD', 'SPOUSE') AND o.household_role = 'CHILD'
             AND o.birth_date > (now() AT TIME ZONE 'Asia/Shanghai')::date - make_interval(years => $2) AS ward
         FROM resident r JOIN resident o ON o.household_id = r.household_id AND o.id <> r.id
         WHERE r.id = ANY($1::text[])) close
       WHERE NOT (ward AND EXISTS (
         SELECT FROM child_protection_report p WHERE p.child_id = other AND p.guardian_suspended))
       ORDER BY other`,
      [residents, ofAge],
    );
    const standings = new Map(residents.map((id) => [id, { household: [] as string[], wards: [] as string[] }]));
    for (const { resident, other, ward } of rows) {
      const { household, wards } = standings.get(resident)!;
      household.push(other);
      if (ward) wards.push(other);
    }
    return residents.map((id) => standings.get(id)!);
  });
}
