import { count, id, idempotencyKey, text } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Resolvers } from '../generated/graphql.js';
import type { TimeBankAccount } from '../generated/prisma/client.js';
import { newId } from '../new-id.js';
import { moveTime } from '../queries/time-bank-ledger.js';
import { found, servedResident, type Tx } from './write.js';

const minutes = count(1, 10_000);
const note = text(100);

/** A station's account of a kind, opened when it is first needed. */
async function stationAccount(
  tx: Tx,
  station: { id: string; communityCode: string },
  kind: 'ISSUING' | 'REDEMPTION',
): Promise<string> {
  await tx.all.timeBankAccount.createMany({
    data: { id: newId('t'), kind, stationId: station.id, communityCode: station.communityCode },
    skipDuplicates: true,
  });
  const where = { stationId_kind: { stationId: station.id, kind } };
  return (await tx.all.timeBankAccount.findUniqueOrThrow({ where })).id;
}

const accountOf = (tx: Tx, accountId: string): Promise<TimeBankAccount> =>
  tx.all.timeBankAccount.findUniqueOrThrow({ where: { id: accountId } });

/** A personal account that the caller may spend from. */
async function ownAccount(tx: Tx, accountId: string, field: string): Promise<TimeBankAccount> {
  const account = found(await tx.rows.timeBankAccount.findUnique({ where: { id: accountId } }), field);
  return found(account.kind === 'PERSONAL' ? account : null, field);
}

/** Hours that were served are earned, given and redeemed; none is made and none is lost. */
export const timeBankMutations: Resolvers['Mutation'] = {
  openTimeBankAccount: mutation({
    name: 'openTimeBankAccount',
    input: z.strictObject({ residentId: id }),
    duplicate: refuse(['residentId'], 'DUPLICATE', '已有时间银行账户。'),
    async run({ residentId }, tx: Tx) {
      const { communityCode } = await servedResident(tx, residentId);
      const data = { id: newId('t'), kind: 'PERSONAL', holderId: residentId, communityCode } as const;
      return { account: await tx.all.timeBankAccount.create({ data }) };
    },
  }),
  earnTime: mutation({
    name: 'earnTime',
    input: z.strictObject({ signUpId: id }),
    duplicate: refuse(['signUpId'], 'DUPLICATE', '这次服务的时长已经记入。'),
    async run({ signUpId }, tx: Tx) {
      const signUp = found(await tx.rows.volunteerSignUp.findUnique({ where: { id: signUpId } }), 'signUpId');
      if (signUp.state !== 'CHECKED_IN') throw refuse(['signUpId'], 'WRONG_STATE', '尚未签到，签到以后才能记入。');
      const account = await tx.all.timeBankAccount.findUnique({ where: { holderId: signUp.residentId } });
      if (!account) throw refuse(['signUpId'], 'WRONG_STATE', '志愿者尚无时间银行账户，请先开户。');
      const project = await tx.all.volunteerProject.findUniqueOrThrow({ where: { id: signUp.projectId } });
      const station = await tx.all.volunteerStation.findUniqueOrThrow({ where: { id: project.stationId } });
      const from = await stationAccount(tx, station, 'ISSUING');
      const move = { kind: 'EARNED', from, to: account.id, minutes: signUp.minutes, note: project.title } as const;
      const transferId = await moveTime(tx, move);
      await tx.all.timeBankEarning.create({ data: { service: `sign-up:${signUpId}`, transferId } });
      return { account: await accountOf(tx, account.id) };
    },
  }),
  transferTime: mutation({
    name: 'transferTime',
    input: z.strictObject({
      fromAccountId: id,
      toAccountId: id,
      minutes,
      note,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ fromAccountId, toAccountId, ...what }, tx: Tx) {
      if (fromAccountId === toAccountId) {
        throw refuse(['toAccountId'], 'INVALID', '不能转给同一个账户，请核对转入账户。');
      }
      const from = await ownAccount(tx, fromAccountId, 'fromAccountId');
      const to = await tx.all.timeBankAccount.findFirst({ where: { id: toAccountId, kind: 'PERSONAL' } });
      await moveTime(tx, { kind: 'TRANSFERRED', from: from.id, to: found(to, 'toAccountId').id, ...what });
      return { account: await accountOf(tx, from.id) };
    },
    made: ({ account }) => account.id,
    again: async (made, tx) => ({ account: await accountOf(tx, made) }),
  }),
  redeemTime: mutation({
    name: 'redeemTime',
    input: z.strictObject({ accountId: id, stationId: id, minutes, note, idempotencyKey: idempotencyKey.nullish() }),
    async run({ accountId, stationId, ...what }, tx: Tx) {
      const account = await ownAccount(tx, accountId, 'accountId');
      const station = found(await tx.all.volunteerStation.findUnique({ where: { id: stationId } }), 'stationId');
      const to = await stationAccount(tx, station, 'REDEMPTION');
      await moveTime(tx, { kind: 'REDEEMED', from: account.id, to, ...what });
      return { account: await accountOf(tx, account.id) };
    },
    made: ({ account }) => account.id,
    again: async (made, tx) => ({ account: await accountOf(tx, made) }),
  }),
};
