import { count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { creditGrade } from '../credit.js';
import type { Resolvers } from '../generated/graphql.js';
import { DomesticService } from '../generated/prisma/enums.js';
import { newId } from '../new-id.js';
import { dayIn, monthIn } from '../shenzhen-day.js';
import { changed, found, requireVersion, servedResident, type Tx } from './write.js';

/** Domestic service: workers are registered and evaluated, good companies listed as honest ones. */
export const domesticServiceMutations: Resolvers['Mutation'] = {
  registerDomesticWorker: mutation({
    name: 'registerDomesticWorker',
    input: z.strictObject({
      companyId: id,
      name: text(40),
      residentId: id.nullish(),
      services: z.array(z.enum(DomesticService)).min(1, { error: '请至少选一种服务。' }).max(5),
      skillLevel: count(1, 5).nullish(),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    duplicate: refuse(['residentId'], 'DUPLICATE', '这位居民已登记为家政服务员。'),
    async run({ companyId, name, residentId, services, skillLevel }, tx: Tx) {
      const company = found(await tx.all.domesticCompany.findUnique({ where: { id: companyId } }), 'companyId');
      tx.requireRelation(['companyId'], { community: company.communityCode });
      const worker = await tx.all.domesticWorker.create({
        data: {
          id: newId('z'),
          name,
          companyId,
          communityCode: company.communityCode,
          residentId: residentId ?? null,
          services: [...new Set(services)],
          skillLevel: skillLevel ?? null,
          grade: creditGrade(0, 0),
        },
      });
      return { worker };
    },
    made: ({ worker }) => worker.id,
    again: async (made, tx) => ({ worker: await tx.all.domesticWorker.findUniqueOrThrow({ where: { id: made } }) }),
  }),
  evaluateDomesticWorker: mutation({
    name: 'evaluateDomesticWorker',
    input: z.strictObject({ workerId: id, residentId: id, stars: count(1, 5), text: text(500).nullish() }),
    duplicate: refuse(['workerId'], 'DUPLICATE', '这个月已经评价过这位服务员，请下月再评。'),
    async run({ workerId, residentId, stars, text: said }, tx: Tx) {
      await servedResident(tx, residentId);
      const added = { stars: { increment: stars }, ratings: { increment: 1 } };
      const [worker] = await tx.all.domesticWorker.updateManyAndReturn({ where: { id: workerId }, data: added });
      const { companyId, ...rated } = found(worker, 'workerId');
      if (rated.residentId === residentId) throw refuse(['workerId'], 'INVALID', '不能评价自己。');
      const company = await tx.all.domesticCompany.update({ where: { id: companyId }, data: added });
      await tx.all.domesticCompany.update({
        where: { id: companyId },
        data: { grade: creditGrade(company.stars, company.ratings) },
      });
      const month = monthIn(tx.now);
      await tx.all.domesticEvaluation.create({
        data: { workerId, residentId, month, stars, text: said ?? null, at: tx.now },
      });
      const grade = creditGrade(rated.stars, rated.ratings);
      return { worker: await tx.all.domesticWorker.update({ where: { id: workerId }, data: { grade } }) };
    },
  }),
  listHonestCompany: mutation({
    name: 'listHonestCompany',
    input: z.strictObject({ id, expectedVersion: version, honest: z.boolean() }),
    async run({ honest, ...input }, tx: Tx) {
      const company = found(await tx.all.domesticCompany.findUnique({ where: { id: input.id } }));
      tx.requireRelation(['id'], { community: company.communityCode });
      requireVersion(company, input.expectedVersion);
      if (company.honest === honest) {
        throw refuse(['honest'], 'WRONG_STATE', honest ? '已在诚信企业之列。' : '不在诚信企业之列。');
      }
      if (honest && company.grade !== 'EXCELLENT' && company.grade !== 'GOOD') {
        throw refuse(['honest'], 'WRONG_STATE', '信用等级为优、良的才能列入诚信企业。');
      }
      const rows = await tx.all.domesticCompany.updateManyAndReturn({
        where: { id: company.id, version: company.version },
        data: { honest, honestSince: honest ? dayIn(tx.now) : null, version: { increment: 1 } },
      });
      return { company: changed(rows) };
    },
  }),
};
