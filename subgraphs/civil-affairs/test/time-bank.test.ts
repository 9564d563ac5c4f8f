import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { communityWorker, eventsOf, residentWriter, stranger, write, type Writer } from './support/writing.js';

let service: TestSubgraph;
let database: Client;
let accounts: { id: string; holder: string; balance: number }[];

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 6000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const { rows } = await database.query(
    "SELECT id, holder_id AS holder, balance FROM time_bank_account WHERE kind = 'PERSONAL' AND holder_id NOT LIKE 'demo-%' ORDER BY id",
  );
  accounts = rows;
});

afterAll(async () => {
  await database.end();
  await service.close();
});

/** What is held, redeemed and issued, and what is wrong with the ledger: nothing. */
async function books() {
  const { data } = await service.query('{ timeBankTotals { issued redeemed held } }');
  const { rows } = await database.query(
    `SELECT a.id FROM time_bank_account a LEFT JOIN LATERAL (
       SELECT coalesce(sum(minutes), 0) AS moved FROM time_bank_entry e WHERE e.account_id = a.id) e ON true
     WHERE a.balance <> e.moved OR (a.kind <> 'ISSUING' AND a.balance < 0)`,
  );
  return { ...data.timeBankTotals, wrong: rows } as {
    issued: number;
    redeemed: number;
    held: number;
    wrong: unknown[];
  };
}

const transfer = (from: { id: string; holder: string }, to: string, minutes: number, input: object = {}, as?: Writer) =>
  write(
    service,
    as ?? residentWriter(from.holder),
    'transferTime',
    { fromAccountId: from.id, toAccountId: to, minutes, note: '示例：谢谢', ...input },
    'account { balance entries(first: 200) { totalCount } }',
  );
const balanceOf = async (id: string) =>
  (await database.query('SELECT balance FROM time_bank_account WHERE id = $1', [id])).rows[0].balance as number;

describe('hours', () => {
  test('are conserved under 64 writers at once, who move them among few accounts in all directions', async () => {
    const few = accounts.slice(0, 6);
    expect(few).toHaveLength(6);
    const before = await books();
    const writer = async (i: number) => {
      const answers = [];
      for (let k = 0; k < 4; k++) {
        const [from, to] = [few[(i + k) % 6]!, few[(i + k + 1 + (i % 5)) % 6]!];
        answers.push(await transfer(from, to.id, ((i + k) % 40) + 1));
      }
      return answers;
    };
    const answers = (await Promise.all(Array.from({ length: 64 }, (_, i) => writer(i)))).flat();
    const made = answers.filter(({ refused }) => refused.length === 0);
    const refused = answers.flatMap((answer) => answer.refused);
    expect(made.length).toBeGreaterThan(64);
    expect(new Set(refused)).toEqual(new Set(refused.length ? ['INVALID'] : []));
    const after = await books();
    expect(after).toEqual({ ...before, wrong: [] });
    const held = await Promise.all(few.map(({ id }) => balanceOf(id)));
    expect(held.reduce((sum, balance) => sum + balance, 0)).toBe(few.reduce((sum, { balance }) => sum + balance, 0));
  });

  test('are never spent twice: of 64 who spend all at once one does', async () => {
    const [from, to] = accounts.slice(6, 8);
    const before = await balanceOf(from!.id);
    const answers = await Promise.all(Array.from({ length: 64 }, () => transfer(from!, to!.id, before)));
    expect(answers.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
    expect(answers.find(({ refused }) => refused.length)!.userErrors[0]).toMatchObject({
      field: ['minutes'],
      message: expect.stringContaining('余额不足'),
    });
    expect(await balanceOf(from!.id)).toBe(0);
    expect((await books()).wrong).toEqual([]);
  });

  test('are moved once for one key, however often it is sent', async () => {
    const [from, to] = accounts.slice(8, 10);
    const before = await balanceOf(from!.id);
    const send = () => transfer(from!, to!.id, 10, { idempotencyKey: 'transfer-1' });
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    expect(answers.flatMap(({ refused }) => refused)).toEqual([]);
    expect(await balanceOf(from!.id)).toBe(before - 10);
    expect((await transfer(from!, to!.id, 11, { idempotencyKey: 'transfer-1' })).refused).toEqual(['KEY_REUSED']);
  });

  test('are given away by whoever holds them alone, to another personal account', async () => {
    const [from, to] = accounts.slice(8, 10);
    expect((await transfer(from!, to!.id, 1, {}, residentWriter(to!.holder))).refused).toEqual(['NOT_FOUND']);
    expect((await transfer(from!, to!.id, 1, {}, stranger)).refused).toEqual(['NOT_FOUND']);
    expect((await transfer(from!, from!.id, 1)).refused).toEqual(['INVALID']);
    expect((await transfer(from!, 'time-issuing-440303001001', 1)).refused).toEqual(['NOT_FOUND']);
    expect((await transfer(from!, to!.id, 0)).refused).toEqual(['INVALID']);
    const issuing = { id: 'time-issuing-440303001001', holder: from!.holder };
    expect((await transfer(issuing, to!.id, 1, {}, communityWorker)).refused).toEqual(['NOT_FOUND']);
    expect((await books()).wrong).toEqual([]);
  });

  test('are redeemed at a station, which takes them back', async () => {
    const before = await books();
    const redeem = (minutes: number, as: Writer = residentWriter('demo-spouse')) =>
      service.query('{ resident(id: "demo-spouse") { timeBankAccount { id } } }').then(({ data }) =>
        write(
          service,
          as,
          'redeemTime',
          {
            accountId: data.resident.timeBankAccount.id,
            stationId: 'volunteer-station-440303001001-2',
            minutes,
            note: '示例：理发',
          },
          'account { balance }',
        ),
      );
    expect((await redeem(30)).account.balance).toBe(60);
    expect((await redeem(20, communityWorker)).account.balance).toBe(40);
    expect((await redeem(41)).refused).toEqual(['INVALID']);
    expect((await redeem(1, stranger)).refused).toEqual(['NOT_FOUND']);
    expect(await books()).toEqual({ ...before, redeemed: before.redeemed + 50, held: before.held - 50, wrong: [] });
    expect(await eventsOf(service, 'HoursMoved')).toContainEqual({
      transferId: expect.any(String),
      kind: 'REDEEMED',
      minutes: 30,
    });
  });

  test('are earned for one service once, by whoever has an account', async () => {
    const { rows } = await database.query(
      `SELECT s.id, s.resident_id AS resident, s.minutes FROM volunteer_sign_up s
       WHERE s.state = 'CHECKED_IN' AND NOT EXISTS (SELECT FROM time_bank_account a WHERE a.holder_id = s.resident_id) LIMIT 1`,
    );
    const [{ id: signUpId, resident, minutes }] = rows;
    const place = (
      await database.query('SELECT community_code AS code FROM volunteer_sign_up WHERE id = $1', [signUpId])
    ).rows[0].code;
    const worker = { ...communityWorker, subject: { ...communityWorker.subject, jurisdiction: [place] } };
    const earn = (as: Writer = worker) => write(service, as, 'earnTime', { signUpId }, 'account { balance }');
    expect((await earn()).refused).toEqual(['WRONG_STATE']);
    const open = () =>
      write(service, residentWriter(resident), 'openTimeBankAccount', { residentId: resident }, 'account { balance }');
    const opened = await Promise.all([open(), open()]);
    expect(opened.flatMap(({ refused }) => refused)).toEqual(['DUPLICATE']);
    const before = await books();
    const answers = await Promise.all(Array.from({ length: 16 }, () => earn()));
    expect(answers.flatMap(({ refused }) => refused)).toEqual(Array(15).fill('DUPLICATE'));
    expect(answers.find(({ account }) => account)!.account.balance).toBe(minutes);
    expect((await earn(stranger)).refused).toEqual(['NOT_FOUND']);
    expect(await books()).toEqual({
      ...before,
      issued: before.issued + minutes,
      held: before.held + minutes,
      wrong: [],
    });
  });
});
