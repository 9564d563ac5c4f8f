import { randomFor, type Random } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { geography } from '@linli/schema/geography';

/** Made-up answers to five questions, of some thirty people in each community: mostly content. */
const shares = [0.45, 0.3, 0.15, 0.07, 0.03];
const questions = [
  '对社区服务总体是否满意',
  '对办事便利是否满意',
  '对养老服务是否满意',
  '对托幼服务是否满意',
  '对社区环境是否满意',
];

function answersOf(random: Random, respondents: number): number[] {
  return questions.flatMap(() => {
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < respondents; i++) {
      let draw = random.int(0, 99) / 100;
      const grade = shares.findIndex((share) => (draw -= share) < 0);
      counts[grade < 0 ? 4 : grade]!++;
    }
    return counts;
  });
}

/** A survey that is over, answered everywhere, and one that is open. */
export const surveysSeed = defineSeed({
  name: 'surveys',
  tables: {
    satisfaction_survey: ['id', 'year', 'title', 'questions', 'opens_on', 'closes_on', 'state'],
    survey_tally: ['id', 'survey_id', 'community_code', 'respondents', 'counts'],
  },
  async run({ load, seed }) {
    for (const { code } of geography.communities) {
      const random = randomFor(seed, 'survey', code);
      for (const [year, answered] of [
        [2024, true],
        [2026, false],
      ] as const) {
        const respondents = answered ? random.int(20, 45) : 0;
        load.row('survey_tally', [
          `survey-${year}-${code}`,
          `survey-${year}`,
          code,
          respondents,
          answersOf(random, respondents).map(String),
        ]);
      }
      await load.flushIfFull();
    }
    for (const [year, state] of [
      [2024, 'CLOSED'],
      [2026, 'OPEN'],
    ] as const) {
      load.row('satisfaction_survey', [
        `survey-${year}`,
        year,
        `${year}年社区服务满意度调查`,
        questions,
        `${year}-10-01`,
        state === 'OPEN' ? '2027-12-31' : `${year}-11-30`,
        state,
      ]);
    }
  },
});
