import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { LinliEvent } from '@linli/kit/events/event';
import { inbox } from '@linli/kit/events/inbox';
import { systemContext } from '@linli/kit/writing/system';
import { inTransaction } from '@linli/kit/writing/transaction';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Pool } from 'pg';
import { openDatabase, type Database } from '../src/database.js';
import { feeds } from '../src/deliveries/enqueue.js';
import { attemptsAtMost, pauseAfter } from '../src/deliveries/schedule.js';
import { deliverDue } from '../src/deliveries/worker.js';
import { connectors } from '../src/subgraph.js';
import { Platform, secret } from './platform.js';

let service: TestSubgraph;
let pool: Pool;
let client: Database;
let platform: Platform;
let number = 0;
const quiet = () => undefined;
const agreed = () => ({ shenpingan: { secret, url: platform.url } });

/** What a department says, as it comes through the bus. */
const event = (key: string, n: number): LinliEvent => ({
  id: `public-security:${++number}`,
  department: 'public-security',
  type: 'GridEventMoved',
  key,
  data: { n },
  at: new Date().toISOString(),
});
const hear = (each: LinliEvent) => inbox(client, feeds, quiet)(each);
const tools = {
  log: quiet,
  transaction: <Result>(work: (tx: ReturnType<typeof systemContext<Database>>) => Promise<Result>) =>
    inTransaction(client, (tx) => work(systemContext<Database>(tx, new Date())), 10_000),
};
const deliver = () => deliverDue(tools, agreed());
/** What waits for its next attempt is due now. */
const hurry = () => pool.query("UPDATE delivery SET next_attempt_at = now() WHERE state = 'PENDING'");
const states = async () => {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT key || (payload #>> '{data,n}') || ' ' || state || ' ' || attempts AS line FROM delivery
     WHERE platform_code = 'shenpingan' ORDER BY id`,
  );
  return rows.map(({ line }) => line);
};

beforeAll(async () => {
  // Nothing was agreed with anybody: the service itself delivers nothing.
  service = await testSubgraph(connectors({}));
  pool = new Pool({ connectionString: service.databaseUrl });
  client = openDatabase(pool);
});

beforeEach(async () => {
  await pool.query('TRUNCATE delivery, _linli_inbox');
  platform = await new Platform().start();
});

afterAll(async () => {
  await client.$disconnect();
  await pool.end();
  await service.close();
});

test('what departments say goes to the platforms that take it, each event once', async () => {
  const one = event('g1', 1);
  await hear(one);
  await hear(one);
  const { rows } = await pool.query<{ platform_code: string }>('SELECT platform_code FROM delivery ORDER BY 1');
  expect(rows.map((row) => row.platform_code)).toEqual(['shenpingan', 'shenzhihui']);
  expect(await deliver()).toBe(1);
  expect(platform.taken).toEqual([{ id: one.id, key: 'g1', n: 1 }]);
  expect(await deliver()).toBe(0);
  await platform.stop();
});

test('events of one key arrive in their order, whatever fails between', async () => {
  for (const n of [1, 2, 3]) for (const key of ['a', 'b']) await hear(event(key, n));
  platform.refused.add('a');
  for (let i = 0; i < 4; i++) {
    await hurry();
    await deliver();
  }
  expect(platform.taken.map(({ key, n }) => `${key}${String(n)}`)).toEqual(['b1', 'b2', 'b3']);
  expect(await states()).toEqual([
    'a1 PENDING 4',
    'b1 DELIVERED 1',
    'a2 PENDING 0',
    'b2 DELIVERED 1',
    'a3 PENDING 0',
    'b3 DELIVERED 1',
  ]);
  platform.refused.clear();
  for (let i = 0; i < 3; i++) {
    await hurry();
    await deliver();
  }
  expect(platform.taken.slice(3).map(({ key, n }) => `${key}${String(n)}`)).toEqual(['a1', 'a2', 'a3']);
  await platform.stop();
});

test('two processes send nothing twice', async () => {
  for (let n = 0; n < 20; n++) await hear(event(`k${n}`, n));
  while ((await Promise.all([deliver(), deliver(), deliver()])).some((tried) => tried > 0));
  expect(platform.taken).toHaveLength(20);
  expect(platform.tries).toBe(20);
  await platform.stop();
});

test('a platform that is away is asked ever more seldom, then not at all; an operator sends again what it missed', async () => {
  await hear(event('a', 1));
  await hear(event('a', 2));
  await platform.stop();
  for (let i = 0; i < attemptsAtMost; i++) {
    await hurry();
    expect(await deliver()).toBe(1);
  }
  expect(await states()).toEqual([`a1 DEAD ${attemptsAtMost}`, 'a2 PENDING 0']);
  const dead = await service.query('{ deliveries(state: DEAD) { nodes { id version lastError platform { dead } } } }');
  const [letter] = dead.data.deliveries.nodes;
  expect(letter).toMatchObject({ lastError: 'ECONNREFUSED', platform: { dead: 1 } });

  const replay =
    'mutation ($input: ReplayDeliveryInput!) { replayDelivery(input: $input) { delivery { state } userErrors { field code } } }';
  const input = { id: letter.id, expectedVersion: letter.version };
  const operator = { writes: { replayDelivery: ['none' as const] } };
  const nobody = await service.query(replay, { input }, { writes: {} });
  expect(nobody.data.replayDelivery.userErrors).toEqual([{ field: null, code: 'NOT_ALLOWED' }]);
  const stale = await service.query(replay, { input: { ...input, expectedVersion: 1 } }, operator);
  expect(stale.data.replayDelivery.userErrors).toEqual([{ field: ['expectedVersion'], code: 'CONFLICT' }]);
  const answer = await service.query(replay, { input }, operator);
  expect(answer.data.replayDelivery).toEqual({ delivery: { state: 'PENDING' }, userErrors: [] });
  const again = await service.query(replay, { input }, operator);
  expect(again.data.replayDelivery.userErrors).toEqual([{ field: ['id'], code: 'WRONG_STATE' }]);

  platform = await new Platform().start();
  await deliver();
  await deliver();
  expect(platform.taken.map(({ n }) => n)).toEqual([1, 2]);
  await platform.stop();
});

test('a feed that is paused keeps what comes, and goes on where it was', async () => {
  const set =
    'mutation ($input: SetPlatformFeedInput!) { setPlatformFeed(input: $input) { platform { active pending } userErrors { code } } }';
  const as = { writes: { setPlatformFeed: ['none' as const] } };
  const paused = await service.query(set, { input: { platform: 'shenpingan', active: false } }, as);
  expect(paused.data.setPlatformFeed).toEqual({ platform: { active: false, pending: 0 }, userErrors: [] });
  await hear(event('a', 1));
  expect(await deliver()).toBe(0);
  const resumed = await service.query(set, { input: { platform: 'shenpingan', active: true } }, as);
  expect(resumed.data.setPlatformFeed.platform).toEqual({ active: true, pending: 1 });
  expect(await deliver()).toBe(1);
  const nowhere = await service.query(set, { input: { platform: 'nobody', active: true } }, as);
  expect(nowhere.data.setPlatformFeed.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  await platform.stop();
});

test('the service delivers by itself, and what was taken when it ended is taken again', async () => {
  await hear(event('a', 1));
  const own = await testSubgraph(connectors(agreed()));
  await own.close();
  await pool.query("UPDATE delivery SET next_attempt_at = now() + interval '30 seconds'");
  expect(await deliver()).toBe(0);
  await hurry();
  expect(await deliver()).toBe(1);
  await sleep(0);
  await platform.stop();
});

test('pauses are doubled up to two hours, by at least half', () => {
  expect([1, 2, 3, 30].map((failed) => pauseAfter(failed, 1))).toEqual([1000, 2000, 4000, 7_200_000]);
  expect([1, 2, 3, 30].map((failed) => pauseAfter(failed, 0))).toEqual([500, 1000, 2000, 3_600_000]);
});
