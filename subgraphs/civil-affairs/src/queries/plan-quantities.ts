import { snapshots } from '@linli/kit/aggregates/snapshot';
import type { Unscoped } from '@linli/kit/scope/scope';
import { geography } from '@linli/schema/geography';
import { populationByPlace } from './population.js';

/** The values of today of those quantities of the plan that this department's registers tell, by id. */
export type QuantityFigures = Readonly<Record<string, number | undefined>>;

/** One column for each quantity, named by its id in the plan. */
const statement = `SELECT
  (SELECT count(*) FROM (SELECT community_code FROM sub_committee WHERE established
     GROUP BY 1 HAVING count(*) = 5) whole)::float * 100 / (SELECT count(*) FROM community) AS q01,
  (SELECT count(*) FROM volunteer_station)::float AS q03,
  (SELECT count(*) FROM social_work_station)::float * 100 / (SELECT count(*) FROM street) AS q04,
  (SELECT count(*) FROM facility WHERE kind = 'COMMUNITY_HEALTH')::float AS q14,
  (SELECT count(DISTINCT community_code) FROM facility WHERE kind = 'CULTURAL_CENTRE')::float * 100
    / (SELECT count(*) FROM community) AS q20,
  (SELECT count(*) FROM survey_tally t JOIN satisfaction_survey s ON s.id = t.survey_id
     WHERE t.respondents > 0
       AND s.year = (SELECT max(year) FROM satisfaction_survey WHERE state = 'CLOSED'))::float * 100
    / (SELECT count(*) FROM community) AS q26,
  (SELECT count(*)::float / greatest(count(DISTINCT (place_id, unit)), 1) FROM liaison) AS q29`;

/** Registered volunteers for 10,000 people, computed once a day: it counts people. */
const volunteersPer10000 = snapshots(async (unscoped: Unscoped) => {
  const population = (await populationByPlace(unscoped)).get(geography.city.code)?.total;
  const { rows } = await unscoped.query<{ count: string }>('SELECT count(*) FROM volunteer', []);
  return population ? Math.round((Number(rows[0]!.count) / population) * 10_000) : undefined;
});

/** Computes them, as of now. */
export async function planQuantityValues(unscoped: Unscoped): Promise<QuantityFigures> {
  const [{ rows }, q02] = await Promise.all([
    unscoped.query<Record<string, number>>(statement, []),
    volunteersPer10000(unscoped),
  ]);
  return { ...rows[0]!, q02 };
}
