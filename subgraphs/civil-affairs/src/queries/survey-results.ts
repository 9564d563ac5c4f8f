import { cityTable } from '@linli/kit/aggregates/geography';
import { snapshots } from '@linli/kit/aggregates/snapshot';
import { suppress } from '@linli/kit/aggregates/suppress';
import { sum, within } from '@linli/kit/aggregates/table';
import type { Unscoped } from '@linli/kit/scope/scope';
import type { RatingGrade } from '../generated/graphql.js';
import { ratingGrades, satisfiedGrades } from './service-statistics.js';

export interface SurveyResult {
  respondents: number | null;
  answers: { question: string; byGrade: { grade: RatingGrade; count: number | null }[] }[];
  satisfaction: number | null;
  suppressed: boolean;
}

/** Results of one survey: of every place, and how many communities somebody answered in. */
export interface SurveyResults {
  byPlace: ReadonlyMap<string, SurveyResult>;
  covered: number;
}

interface Survey {
  id: string;
  closed: boolean;
  questions: string[];
}

async function resultsOf(unscoped: Unscoped, { id, closed, questions }: Survey): Promise<SurveyResults> {
  const { rows } = await unscoped.query<{ code: string; respondents: number; counts: number[] }>(
    'SELECT community_code AS code, respondents, counts FROM survey_tally WHERE survey_id = $1 AND respondents > 0',
    [id],
  );
  const byPlace = new Map<string, SurveyResult>();
  if (!closed) return { byPlace, covered: rows.length };
  const tallies = new Map(rows.map(({ code, respondents, counts }) => [code, { base: respondents, cells: counts }]));
  const none = { base: 0, cells: questions.flatMap(() => ratingGrades.map(() => 0)) };
  const table = cityTable((code) => tallies.get(code) ?? none);
  const hidden = suppress(table, unscoped.smallestCount);
  for (const { code, counts } of within(table)) {
    const small = code === table.code && counts.cells.some((cell) => cell > 0 && cell < unscoped.smallestCount);
    const suppressed = hidden.has(code) || small;
    const gradesOf = (question: number) =>
      counts.cells.slice(question * ratingGrades.length).slice(0, ratingGrades.length);
    const satisfied = sum(questions.map((_, q) => sum(gradesOf(q).slice(0, satisfiedGrades))));
    const all = sum(counts.cells);
    byPlace.set(code, {
      respondents: suppressed ? null : counts.base,
      answers: questions.map((question, q) => ({
        question,
        byGrade: ratingGrades.map((grade, g) => ({ grade, count: suppressed ? null : gradesOf(q)[g]! })),
      })),
      satisfaction: suppressed || all === 0 ? null : Math.round((satisfied / all) * 1000) / 10,
      suppressed,
    });
  }
  return { byPlace, covered: rows.length };
}

/** The results of every survey by its id, as of today. */
export const surveyResults = snapshots(async (unscoped: Unscoped): Promise<ReadonlyMap<string, SurveyResults>> => {
  const { rows } = await unscoped.query<Survey & { closed: boolean }>(
    `SELECT id, questions, state = 'CLOSED' AS closed FROM satisfaction_survey ORDER BY year`,
  );
  const results = await Promise.all(
    rows.map(async (survey) => [survey.id, await resultsOf(unscoped, survey)] as const),
  );
  return new Map(results);
});
