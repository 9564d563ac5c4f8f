import { count } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { MutationResolvers } from '../generated/graphql.js';
import { countRating, markRated } from '../queries/ratings.js';
import { yearIn } from '../today.js';
import { ownedEstate } from './estate.js';
import { unitCode } from './fields.js';

const rateProperty = mutation({
  name: 'rateProperty',
  input: z.strictObject({
    unitCode,
    target: z.enum(['PROPERTY_SERVICE', 'OWNERS_COMMITTEE']),
    stars: count(1, 5),
  }),
  async run({ unitCode: home, target, stars }, tx: Tx) {
    const project = await ownedEstate(tx, home);
    if (target === 'OWNERS_COMMITTEE') {
      const body = await tx.all.ownersCommittee.findUnique({ where: { projectId: project.id } });
      if (!body) throw refuse(['target'], 'NOT_FOUND', '这个小区还没有业主组织，请改评物业服务企业。');
    }
    const year = yearIn(tx.now);
    if (!(await markRated(tx, { unitCode: home, year, target }))) {
      throw refuse(['unitCode'], 'DUPLICATE', '这套房屋今年已评价，评价后不能更改。');
    }
    await countRating(tx, { projectId: project.id, year, target, stars });
    return { year };
  },
});

/** What owners say of those who serve them: counted, and not kept by home. */
export const ratingMutations: MutationResolvers = { rateProperty };
