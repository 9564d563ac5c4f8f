import { communityCode, count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { isUnifiedSocialCreditCode } from '@linli/kit/identifiers/unified-social-credit-code';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import { Engagement, Occupation } from '../generated/prisma/enums.js';
import { newId } from '../new-id.js';
import { seekerStates } from './job-seekers.js';
import { changed, found, requireState, requireVersion, type Tx } from './write.js';

const wage = count(1, 200_000);

/** Vacancies, and who is referred to and hired for them. */
export const vacancyMutations: Resolvers['Mutation'] = {
  postVacancy: mutation({
    name: 'postVacancy',
    input: z
      .strictObject({
        communityCode,
        title: text(40),
        employer: text(60),
        creditCode: z
          .string()
          .refine(isUnifiedSocialCreditCode, { error: '统一社会信用代码的校验码不对，请逐位核对。' }),
        occupation: z.enum(Occupation),
        engagement: z.enum(Engagement),
        wageFrom: wage,
        wageTo: wage,
        posts: count(1, 1000),
        idempotencyKey: idempotencyKey.nullish(),
      })
      .refine(({ wageFrom, wageTo }) => wageFrom <= wageTo, {
        path: ['wageTo'],
        error: '月薪上限不能低于下限，请核对。',
      }),
    async run({ idempotencyKey: _key, ...vacancy }, tx: Tx) {
      tx.requireRelation(['communityCode'], { community: vacancy.communityCode });
      return { vacancy: await tx.all.vacancy.create({ data: { ...vacancy, id: newId('y'), open: true } }) };
    },
    made: ({ vacancy }) => vacancy.id,
    again: async (made, tx) => ({ vacancy: await tx.all.vacancy.findUniqueOrThrow({ where: { id: made } }) }),
  }),
  closeVacancy: mutation({
    name: 'closeVacancy',
    input: z.strictObject({ id, expectedVersion: version }),
    async run(input, tx: Tx) {
      const vacancy = found(await tx.all.vacancy.findUnique({ where: { id: input.id } }));
      tx.requireRelation(['id'], { community: vacancy.communityCode });
      requireVersion(vacancy, input.expectedVersion);
      if (!vacancy.open) throw refuse(null, 'WRONG_STATE', '已经停止招聘，无须再办。');
      const rows = await tx.all.vacancy.updateManyAndReturn({
        where: { id: vacancy.id, version: vacancy.version },
        data: { open: false, version: { increment: 1 } },
      });
      return { vacancy: changed(rows) };
    },
  }),
  referJobSeeker: mutation({
    name: 'referJobSeeker',
    input: z.strictObject({ seekerId: id, vacancyId: id }),
    duplicate: refuse(['vacancyId'], 'DUPLICATE', '已经推荐过这个岗位。'),
    async run({ seekerId, vacancyId }, tx: Tx) {
      const seeker = found(await tx.rows.jobSeeker.findUnique({ where: { id: seekerId } }), 'seekerId');
      requireState(seeker.state, ['SEEKING'], seekerStates, '推荐岗位');
      const vacancy = found(await tx.all.vacancy.findUnique({ where: { id: vacancyId } }), 'vacancyId');
      if (!vacancy.open) throw refuse(['vacancyId'], 'CLOSED', '这个岗位已停止招聘，请另选。');
      await tx.all.jobReferral.create({
        data: { id: newId('f'), seekerId, vacancyId, state: 'REFERRED', at: tx.now },
      });
      return { seeker };
    },
  }),
  settleJobReferral: mutation({
    name: 'settleJobReferral',
    input: z.strictObject({ seekerId: id, vacancyId: id, hired: z.boolean() }),
    async run({ seekerId, vacancyId, hired }, tx: Tx) {
      const seeker = found(await tx.rows.jobSeeker.findUnique({ where: { id: seekerId } }), 'seekerId');
      if (hired) {
        requireState(seeker.state, ['SEEKING'], seekerStates, '录用');
        const filled = await tx.all.vacancy.updateMany({
          where: { id: vacancyId, open: true, filled: { lt: tx.all.vacancy.fields.posts } },
          data: { filled: { increment: 1 }, version: { increment: 1 } },
        });
        if (filled.count === 0) throw refuse(['vacancyId'], 'FULL', '这个岗位已招满或停止招聘，不能再录用。');
        await tx.all.vacancy.updateMany({
          where: { id: vacancyId, filled: { gte: tx.all.vacancy.fields.posts } },
          data: { open: false },
        });
      }
      const settled = await tx.all.jobReferral.updateMany({
        where: { seekerId, vacancyId, state: 'REFERRED' },
        data: { state: hired ? 'HIRED' : 'DECLINED' },
      });
      if (settled.count === 0) throw refuse(['vacancyId'], 'WRONG_STATE', '没有待记录结果的推荐，请核对。');
      if (!hired) return { seeker };
      const employed = await tx.all.jobSeeker.updateManyAndReturn({
        where: { id: seekerId, state: 'SEEKING' },
        data: { state: 'EMPLOYED', version: { increment: 1 } },
      });
      return { seeker: changed(employed) };
    },
  }),
};
