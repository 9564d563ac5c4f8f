import { count } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Act } from '../appeals/course.js';
import { waitingFor } from '../appeals/merging.js';
import { appellantAct, hold, move, type Seen } from '../appeals/move.js';
import type { Database } from '../database.js';
import type { AppealAction, Resolvers } from '../generated/graphql.js';
import { note, optionalNote, seen } from './appeal-input.js';

type Tx = WriteContext<Database>;

async function step(tx: Tx, at: Seen, act: { action: AppealAction } & Partial<Act>) {
  return { appeal: await move(tx, await hold(tx, at), appellantAct(act)) };
}

const confirmAppeal = mutation({
  name: 'confirmAppeal',
  input: z.strictObject(seen),
  run: (at, tx: Tx) => step(tx, at, { action: 'CONFIRM' }),
});

const reopenAppeal = mutation({
  name: 'reopenAppeal',
  input: z.strictObject({ ...seen, note }),
  run: ({ note, ...at }, tx: Tx) => step(tx, at, { action: 'REOPEN', note }),
});

const evaluateAppeal = mutation({
  name: 'evaluateAppeal',
  input: z.strictObject({ ...seen, rating: count(1, 5), comment: optionalNote }),
  run: ({ rating, comment, ...at }, tx: Tx) =>
    step(tx, at, { action: 'EVALUATE', value: rating, text: comment ?? null }),
});

const withdrawAppeal = mutation({
  name: 'withdrawAppeal',
  input: z.strictObject({ ...seen, note: optionalNote }),
  async run({ note, ...at }, tx: Tx) {
    const appeal = await hold(tx, at);
    if ((await waitingFor(tx, appeal)).length > 0) {
      throw refuse(['no'], 'NOT_ALLOWED', '其他居民的诉求已并入这一件，不能撤回；答复后您可以反馈和评价。');
    }
    return { appeal: await move(tx, appeal, appellantAct({ action: 'WITHDRAW', note: note ?? null })) };
  },
});

/** What whoever raised an appeal says of it. */
export const appealFeedbackResolvers: Resolvers = {
  Mutation: { confirmAppeal, reopenAppeal, evaluateAppeal, withdrawAppeal },
};
