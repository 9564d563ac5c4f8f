import { id, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { waitingFor } from '../appeals/merging.js';
import { hold, move, staffAct } from '../appeals/move.js';
import { mergeTargets, stateNames } from '../appeals/states.js';
import type { Database } from '../database.js';
import type { Resolvers } from '../generated/graphql.js';
import { optionalNote, seen } from './appeal-input.js';

const mergeAppeals = mutation({
  name: 'mergeAppeals',
  input: z.strictObject({
    into: id,
    expectedVersion: version,
    duplicates: z
      .array(z.strictObject(seen))
      .min(1, { error: '请选择要并入的诉求。' })
      .max(20, { error: '一次至多并入 20 件。' }),
    note: optionalNote,
  }),
  async run({ into, expectedVersion, duplicates, note }, tx: WriteContext<Database>) {
    const main = await hold(tx, { no: into, expectedVersion }, [], 'into');
    if (!mergeTargets.includes(main.state)) {
      const possible = mergeTargets.map((state) => stateNames[state]).join('、');
      throw refuse(['into'], 'WRONG_STATE', `主件目前为“${stateNames[main.state]}”，不能并入：须为${possible}。`);
    }
    const nos = new Set<string>();
    for (const [i, duplicate] of duplicates.entries()) {
      const path = ['duplicates', String(i)];
      if (duplicate.no === into || nos.has(duplicate.no)) {
        throw refuse([...path, 'no'], 'INVALID', '主件和并入的诉求须各不相同。');
      }
      nos.add(duplicate.no);
      const appeal = await hold(tx, duplicate, path);
      if (appeal.communityCode !== main.communityCode) {
        throw refuse([...path, 'no'], 'INVALID', `诉求 ${appeal.no} 发生在别的社区，不能并入。`);
      }
      if ((await waitingFor(tx, appeal)).length > 0) {
        throw refuse([...path, 'no'], 'WRONG_STATE', `已有其他诉求并入 ${appeal.no}，请以它为主件。`);
      }
      const act = await staffAct(tx, appeal, { action: 'MERGE', target: into, lead: main.lead!, note: note ?? null });
      await move(tx, appeal, act);
    }
    return { appeal: main };
  },
});

/** Several appeals about one thing are handled as one. */
export const appealMergingResolvers: Resolvers = { Mutation: { mergeAppeals } };
