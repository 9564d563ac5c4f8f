import { randomUUID } from 'node:crypto';
import { id, text } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { stateNames } from '../appeals/states.js';
import { personalText } from '../appeals/summary-text.js';
import { dayOf } from '../working-days.js';
import type { Database } from '../database.js';
import type { Resolvers } from '../generated/graphql.js';

const publishAppealSummary = mutation({
  name: 'publishAppealSummary',
  input: z.strictObject({ no: id, summary: text(300) }),
  async run({ no, summary }, tx: WriteContext<Database>) {
    const appeal = await tx.rows.appeal.findUnique({ where: { no } });
    if (!appeal) throw refuse(['no'], 'NOT_FOUND', '没有这件诉求，或者您无权公开，请核对编号。');
    if (appeal.state !== 'CLOSED') {
      throw refuse(['no'], 'WRONG_STATE', `诉求 ${no} 目前为“${stateNames[appeal.state]}”：办结后才能公开摘要。`);
    }
    const { appellantId, category, communityCode, title, content, answer, comment } = appeal;
    const appellant = appellantId === null ? null : await tx.all.resident.findUnique({ where: { id: appellantId } });
    const originals = [title, content, comment ?? '', answer ?? ''];
    const wrong = personalText(summary, appellant ? [appellant.name] : [], originals);
    if (wrong !== null) throw refuse(['summary'], 'INVALID', `摘要${wrong}，请改写后再公开。`);
    const published = { summary, publishedAt: tx.now, publishedBy: tx.subject.department ?? 'civil-affairs' };
    const row = await tx.all.appealSummary.upsert({
      where: { appealNo: no },
      create: {
        id: `p${randomUUID()}`,
        appealNo: no,
        communityCode,
        category,
        closedIn: dayOf(appeal.closedAt!).slice(0, 7),
        ...published,
      },
      update: published,
    });
    return { summary: row };
  },
});

/** What the public is told of closed appeals. */
export const appealPublishingResolvers: Resolvers = { Mutation: { publishAppealSummary } };
