import { communityCode, id } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import { dayIn } from '../shenzhen-day.js';
import { found, type Tx } from './write.js';

/** The one children's director that each community has. */
export const childrenMutations: Resolvers['Mutation'] = {
  appointChildrenDirector: mutation({
    name: 'appointChildrenDirector',
    input: z.strictObject({ communityCode, workerId: id }),
    async run({ communityCode: code, workerId }, tx: Tx) {
      tx.requireRelation(['communityCode'], { community: code });
      const worker = found(
        await tx.all.communityWorker.findFirst({ where: { id: workerId, communityCode: code } }),
        'workerId',
      );
      if (worker.post === 'SECRETARY') {
        throw refuse(['workerId'], 'INVALID', '社区党委书记不兼任儿童主任，请另选一名社区工作者。');
      }
      const appointedOn = dayIn(tx.now);
      await tx.lock(`children's director of ${code}`);
      await tx.all.communityWorker.updateMany({
        where: { communityCode: code, post: 'CHILDREN_DIRECTOR' },
        data: { post: 'WORKER' },
      });
      await tx.all.childrenDirector.upsert({
        where: { communityCode: code },
        create: { communityCode: code, workerId, appointedOn },
        update: { workerId, appointedOn },
      });
      const director = await tx.all.communityWorker.update({
        where: { id: workerId },
        data: { post: 'CHILDREN_DIRECTOR' },
      });
      return { director };
    },
  }),
};
