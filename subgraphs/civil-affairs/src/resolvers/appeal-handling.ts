import { count } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { z } from 'zod';
import type { Act } from '../appeals/course.js';
import { shareAnswer } from '../appeals/merging.js';
import { hold, move, oneself, staffAct, type Seen } from '../appeals/move.js';
import { ruleOf } from '../appeals/rules.js';
import { skipsLevel, unitFor } from '../appeals/units.js';
import type { Database } from '../database.js';
import type { AppealAction, Resolvers } from '../generated/graphql.js';
import type { Appeal } from '../generated/prisma/client.js';
import { content, note, optionalNote, seen, staff, unit } from './appeal-input.js';

type Tx = WriteContext<Database>;

/** One step of staff that needs no more than a note; `takesPart`: whoever takes it handles the appeal from then on. */
async function step(
  tx: Tx,
  at: Seen,
  act: { action: AppealAction } & Partial<Act>,
  { takesPart = false, staff: named = [] }: { takesPart?: boolean; staff?: readonly string[] | null } = {},
) {
  const appeal = await hold(tx, at);
  const whole = await staffAct(tx, appeal, act);
  const parties = [
    ...(takesPart ? [oneself(tx, whole.unit)] : []),
    ...(whole.target === undefined ? [] : [{ unit: whole.target, staff: named ?? [] }]),
  ];
  return { appeal: await move(tx, appeal, whole, parties) };
}

const acceptAppeal = mutation({
  name: 'acceptAppeal',
  input: z.strictObject({ ...seen, note: optionalNote }),
  run: ({ note, ...at }, tx: Tx) => step(tx, at, { action: 'ACCEPT', note: note ?? null }, { takesPart: true }),
});

const rejectAppeal = mutation({
  name: 'rejectAppeal',
  input: z.strictObject({ ...seen, note }),
  run: ({ note, ...at }, tx: Tx) => step(tx, at, { action: 'REJECT', note }),
});

/** The unit that the duty list names for an appeal. */
async function dutyUnit(tx: Tx, { category, communityCode }: Appeal): Promise<string> {
  const { level, bureau } = await ruleOf(tx, category);
  return unitFor(communityCode, level, bureau);
}

const dispatchAppeal = mutation({
  name: 'dispatchAppeal',
  input: z.strictObject({ ...seen, unit: unit.nullish(), staff, note: optionalNote }),
  async run({ unit: wanted, staff: named, note, ...at }, tx: Tx) {
    const appeal = await hold(tx, at);
    const target = wanted ?? (await dutyUnit(tx, appeal));
    const act = await staffAct(tx, appeal, { action: 'DISPATCH', target, note: note ?? null });
    const direct = skipsLevel(act.unit, target);
    // Who dispatches to the own unit goes on with it, unless others are named.
    const parties = named?.length ? [{ unit: target, staff: named }] : target === act.unit ? [oneself(tx, target)] : [];
    return { appeal: await move(tx, appeal, { ...act, direct }, parties) };
  },
});

const returnAppeal = mutation({
  name: 'returnAppeal',
  input: z.strictObject({ ...seen, note }),
  run: ({ note, ...at }, tx: Tx) => step(tx, at, { action: 'RETURN', note }),
});

const transferAppeal = mutation({
  name: 'transferAppeal',
  input: z.strictObject({ ...seen, unit, staff, note }),
  run: ({ unit: target, staff, note, ...at }, tx: Tx) => step(tx, at, { action: 'TRANSFER', target, note }, { staff }),
});

const startHandlingAppeal = mutation({
  name: 'startHandlingAppeal',
  input: z.strictObject({ ...seen, note: optionalNote }),
  run: ({ note, ...at }, tx: Tx) => step(tx, at, { action: 'START', note: note ?? null }, { takesPart: true }),
});

const recordAppealContact = mutation({
  name: 'recordAppealContact',
  input: z.strictObject({ ...seen, note }),
  run: ({ note, ...at }, tx: Tx) => step(tx, at, { action: 'CONTACT', note }),
});

const addJointUnit = mutation({
  name: 'addJointUnit',
  input: z.strictObject({ ...seen, unit, staff, note: optionalNote }),
  run: ({ unit: target, staff, note, ...at }, tx: Tx) =>
    step(tx, at, { action: 'JOIN', target, note: note ?? null }, { staff }),
});

const extendAppeal = mutation({
  name: 'extendAppeal',
  input: z.strictObject({ ...seen, workingDays: count(1, 60), note }),
  run: ({ workingDays, note, ...at }, tx: Tx) => step(tx, at, { action: 'EXTEND', value: workingDays, note }),
});

const answerAppeal = mutation({
  name: 'answerAppeal',
  input: z.strictObject({ ...seen, answer: content, note: optionalNote }),
  async run({ answer, note, ...at }, tx: Tx) {
    const done = await step(tx, at, { action: 'ANSWER', text: answer, note: note ?? null });
    await shareAnswer(tx, done.appeal);
    return done;
  },
});

const closeAppeal = mutation({
  name: 'closeAppeal',
  input: z.strictObject({ ...seen, note: optionalNote }),
  run: ({ note, ...at }, tx: Tx) => step(tx, at, { action: 'CLOSE', note: note ?? null }),
});

/** What the units that have a part in an appeal do with it. */
export const appealHandlingResolvers: Resolvers = {
  Mutation: {
    acceptAppeal,
    rejectAppeal,
    dispatchAppeal,
    returnAppeal,
    transferAppeal,
    startHandlingAppeal,
    recordAppealContact,
    addJointUnit,
    extendAppeal,
    answerAppeal,
    closeAppeal,
  },
};
