import type { Unscoped } from '@linli/kit/scope/scope';
import { geography } from '@linli/schema/geography';

/** The values of today of those quantities of the plan that this department's registers tell, by id. */
export type PlanQuantities = Readonly<Record<string, number | null>>;

const communities = geography.communities.map(({ code }) => code);

/** One column for each quantity, named by its id in the plan: what the community with the least has. */
const statement = `
  SELECT min(count)::float AS q21 FROM (SELECT count(l.id) FROM unnest($1::text[]) c(code)
    LEFT JOIN legal_helper l ON l.community_code = c.code AND l.kind = 'LEGALLY_VERSED' GROUP BY c.code) each`;

/** Computes them, as of now. */
export async function planQuantities(unscoped: Unscoped): Promise<PlanQuantities> {
  const { rows } = await unscoped.query<Record<string, number | null>>(statement, [communities]);
  return rows[0]!;
}
