import { createHash } from 'node:crypto';
import { geography } from '@linli/schema/geography';
import { day, id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { SurveyState } from '../generated/graphql.js';
import type { SatisfactionSurvey } from '../generated/prisma/client.js';
import { ratingGrades } from '../queries/service-statistics.js';
import { dayOf } from '../working-days.js';
import { changed, found, requireState, requireVersion, type Tx } from './change.js';
import { ownResident } from './people.js';
import { requireCity } from './service-catalogue.js';

const answeringAge = 18;
const states: Record<SurveyState, string> = { DRAFT: '筹备中', OPEN: '进行中', CLOSED: '已结束' };

const createInput = z
  .strictObject({
    year: z.int().min(2020, { error: '年份不早于 2020 年。' }).max(2100, { error: '年份不晚于 2100 年。' }),
    title: text(60),
    questions: z.array(text(100)).min(1, { error: '请至少写一题。' }).max(20, { error: '问题最多 20 题。' }),
    opensOn: day,
    closesOn: day,
  })
  .refine(({ opensOn, closesOn }) => opensOn <= closesOn, { path: ['closesOn'], error: '截止日期不能早于开始日期。' });

/** A survey with an empty tally for every community: each of them is surveyed. */
export const createSurvey = mutation({
  name: 'createSurvey',
  input: createInput,
  async run(input: z.infer<typeof createInput>, tx: Tx) {
    requireCity(tx);
    const surveyId = `survey-${input.year}`;
    const survey = await tx.all.satisfactionSurvey.create({ data: { ...input, id: surveyId, state: 'DRAFT' } });
    const counts = input.questions.flatMap(() => ratingGrades.map(() => 0));
    await tx.all.surveyTally.createMany({
      data: geography.communities.map(({ code }) => ({
        id: `${surveyId}-${code}`,
        surveyId,
        communityCode: code,
        counts,
      })),
    });
    return { survey };
  },
  duplicate: refuse(['year'], 'DUPLICATE', '这一年已有满意度调查，每年一次。'),
});

const ofSurvey = z.strictObject({ surveyId: id, expectedVersion: version });

async function move(
  tx: Tx,
  { surveyId, expectedVersion }: z.infer<typeof ofSurvey>,
  from: SurveyState,
  to: SurveyState,
) {
  requireCity(tx);
  const row = found(await tx.all.satisfactionSurvey.findUnique({ where: { id: surveyId } }), 'surveyId', '调查');
  requireVersion(row, expectedVersion);
  requireState(row.state, [from], states);
  const survey: SatisfactionSurvey = changed(
    await tx.all.satisfactionSurvey.updateManyAndReturn({
      where: { id: surveyId, version: expectedVersion },
      data: { state: to, version: { increment: 1 } },
    }),
  );
  return { survey };
}

export const openSurvey = mutation({
  name: 'openSurvey',
  input: ofSurvey,
  run: (input: z.infer<typeof ofSurvey>, tx: Tx) => move(tx, input, 'DRAFT', 'OPEN'),
});

export const closeSurvey = mutation({
  name: 'closeSurvey',
  input: ofSurvey,
  run: (input: z.infer<typeof ofSurvey>, tx: Tx) => move(tx, input, 'OPEN', 'CLOSED'),
});

const answerInput = z.strictObject({ surveyId: id, answers: z.array(z.enum(ratingGrades)).max(20) });

/**
 * A resident answers, once. That they did is kept as a digest; what they answered is added to the numbers of their
 * community and is nowhere by itself.
 */
export const answerSurvey = mutation({
  name: 'answerSurvey',
  input: answerInput,
  async run({ surveyId, answers }: z.infer<typeof answerInput>, tx: Tx) {
    const resident = await ownResident(tx, answeringAge);
    const survey = found(await tx.all.satisfactionSurvey.findUnique({ where: { id: surveyId } }), 'surveyId', '调查');
    const today = dayOf(tx.now);
    const [first, last] = [survey.opensOn, survey.closesOn].map((date) => date.toISOString().slice(0, 10));
    if (survey.state !== 'OPEN' || today < first! || today > last!) {
      throw refuse(['surveyId'], 'CLOSED', '调查还没有开始或已经截止。');
    }
    if (answers.length !== survey.questions.length) {
      throw refuse(['answers'], 'REQUIRED', `共 ${survey.questions.length} 题，请逐题作答。`);
    }
    const digest = createHash('sha256').update(`${surveyId}/${resident.id}`).digest('hex');
    await tx.all.surveyRespondent.create({ data: { digest } });
    const tally = { surveyId_communityCode: { surveyId, communityCode: resident.communityCode } };
    // One at a time adds to the numbers of a community.
    await tx.lock(`survey:${surveyId}:${resident.communityCode}`);
    const { counts } = await tx.all.surveyTally.findUniqueOrThrow({ where: tally });
    for (const [question, grade] of answers.entries()) {
      counts[question * ratingGrades.length + ratingGrades.indexOf(grade)]! += 1;
    }
    await tx.all.surveyTally.update({ where: tally, data: { counts, respondents: { increment: 1 } } });
    return { survey };
  },
  duplicate: refuse(['surveyId'], 'DUPLICATE', '您已经作答，一人一次，不能更改。'),
});
