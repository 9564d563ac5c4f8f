import { count } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { z } from 'zod';
import { hold, move, staffAct } from '../appeals/move.js';
import type { Database } from '../database.js';
import type { Resolvers } from '../generated/graphql.js';
import { note, seen, staff, unit } from './appeal-input.js';

type Tx = WriteContext<Database>;

const arbitrateAppeal = mutation({
  name: 'arbitrateAppeal',
  input: z.strictObject({ ...seen, unit, staff, note }),
  async run({ unit: target, staff: named, note, ...at }, tx: Tx) {
    const appeal = await hold(tx, at);
    const act = await staffAct(tx, appeal, { action: 'ARBITRATE', target, note });
    return { appeal: await move(tx, appeal, act, [{ unit: target, staff: named ?? [] }]) };
  },
});

const superviseAppeal = mutation({
  name: 'superviseAppeal',
  input: z.strictObject({ ...seen, level: count(1, 3), note }),
  async run({ level, note, ...at }, tx: Tx) {
    const appeal = await hold(tx, at);
    return { appeal: await move(tx, appeal, await staffAct(tx, appeal, { action: 'SUPERVISE', value: level, note })) };
  },
});

/** What streets, districts and the city do about appeals of their place, by number, without seeing whose they are. */
export const appealSupervisionResolvers: Resolvers = { Mutation: { arbitrateAppeal, superviseAppeal } };
