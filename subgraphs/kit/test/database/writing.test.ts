import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Caller, Relation } from '@linli/schema/subject';
import { Pool } from 'pg';
import { z } from 'zod';
import { openDatabase, type Database } from '../../../civil-affairs/src/database.js';
import { scope as declaration } from '../../../civil-affairs/src/scope.js';
import { subgraph } from '../../../civil-affairs/src/subgraph.js';
import { inProcessBus } from '../../src/events/in-process-bus.js';
import { inbox } from '../../src/events/inbox.js';
import { Relay } from '../../src/events/outbox.js';
import type { LinliEvent } from '../../src/events/event.js';
import { runIfDue } from '../../src/jobs/job.js';
import { openScope, type Scope } from '../../src/scope/scope.js';
import { eventsIn } from '../../src/testing/outbox.js';
import { scratchDatabase, type ScratchDatabase } from '../../src/testing/scratch-database.js';
import { prepareDatabase } from '../../src/seeding/prepare.js';
import { writerFor } from '../../src/writing/context.js';
import { id, idempotencyKey, text } from '../../src/writing/fields.js';
import { mutation, type WriteContext } from '../../src/writing/mutation.js';
import { refuse } from '../../src/writing/refusal.js';
import { subgraphSdl } from '@linli/schema/files';

let database: ScratchDatabase;
let pool: Pool;
let client: Database;
let scope: Scope<Database>;
const quiet = () => undefined;

beforeAll(async () => {
  database = await scratchDatabase('writing');
  const { migrations, seeds } = subgraph;
  const [databaseUrl, progress] = [database.url, quiet];
  await prepareDatabase({ databaseUrl, migrations, seeds, residents: 500, seed: 1, progress });
  pool = new Pool({ connectionString: database.url, max: 20 });
  client = openDatabase(pool);
  scope = await openScope({ sdl: subgraphSdl('civil-affairs'), declaration, client, pool });
});

afterAll(async () => {
  await client.$disconnect();
  await pool.end();
  await database.drop();
});

beforeEach(() => pool.query('TRUNCATE _linli_outbox, _linli_idempotency, _linli_inbox, _linli_dead_event, _linli_job'));

const me = 'demo-resident';

function caller(relations: readonly Relation[], more: Partial<Caller['subject']> = {}): Caller {
  return {
    subject: { id: 'u1', roles: ['resident'], jurisdiction: [], purposes: [], scopes: [], residentId: me, ...more },
    standing: { household: [], wards: ['demo-child'] },
    scope: {},
    writes: { addPhone: relations },
    operation: 'test',
  };
}

const input = z.strictObject({ id, phone: text(11), idempotencyKey: idempotencyKey.nullish() });
type Input = z.infer<typeof input>;

/** A mutation as departments have them: changes a row that its caller may write, and says so. */
const addPhone = mutation({
  name: 'addPhone',
  input,
  async run({ id, phone }: Input, tx: WriteContext<Database>) {
    if (phone === 'taken') throw refuse(['phone'], 'DUPLICATE', '号码已被使用。');
    const [resident] = await tx.rows.resident.updateManyAndReturn({ where: { id }, data: { phone } });
    if (!resident) throw refuse(['id'], 'NOT_FOUND', '没有此人。');
    await tx.emit({ type: 'PhoneAdded', key: id, data: { id } });
    if (phone === 'fails') throw new Error('an unexpected fault');
    return { resident };
  },
  made: ({ resident }) => resident.id,
  again: async (made, tx) => ({ resident: await tx.all.resident.findUniqueOrThrow({ where: { id: made } }) }),
});

const run = (as: Caller, given: object) => addPhone(null, { input: given }, { write: writerFor(client, scope, as) });
const phoneOf = async (id: string) => (await client.resident.findUniqueOrThrow({ where: { id } })).phone;
const codes = (answer: Awaited<ReturnType<typeof run>>) => answer.userErrors.map(({ field, code }) => [field, code]);

describe('a mutation', () => {
  test('writes rows that its caller is related to by what the gateway stated, and says so in the outbox', async () => {
    const answer = await run(caller(['self']), { id: me, phone: '13800000001' });
    expect(answer).toMatchObject({ userErrors: [], resident: { id: me, phone: '13800000001' } });
    expect(await eventsIn(database.url)).toEqual([{ type: 'PhoneAdded', key: me, data: { id: me } }]);
    expect((await run(caller(['guardian']), { id: 'demo-child', phone: '13800000002' })).userErrors).toEqual([]);
  });

  test.each([
    ['somebody else’s row', caller(['self']), 'demo-spouse'],
    ['the own row where only wards may be written', caller(['guardian']), me],
    ['a row by a relation that nobody stated', caller([]), me],
    ['a row where nothing was stated at all', { ...caller(['self']), writes: undefined }, me],
  ])('finds no %s, and writes nothing', async (_, as, target) => {
    const before = await phoneOf(target);
    expect(codes(await run(as, { id: target, phone: '13811111111' }))).toEqual([[['id'], 'NOT_FOUND']]);
    expect(await phoneOf(target)).toBe(before);
    expect(await eventsIn(database.url)).toEqual([]);
  });

  test('tells what is wrong with its input, by path and in Chinese', async () => {
    const { userErrors } = await run(caller(['self']), { id: me, phone: '1'.repeat(12), idempotencyKey: 'short' });
    expect(userErrors).toEqual([
      { field: ['phone'], code: 'TOO_LONG', message: '最多 11 字，请精简。' },
      { field: ['idempotencyKey'], code: 'INVALID', message: '幂等键至少 8 个字符，建议使用 UUID。' },
    ]);
    expect(codes(await run(caller(['self']), { id: me }))).toEqual([[['phone'], 'REQUIRED']]);
  });

  test('undoes all of it when it is refused or fails', async () => {
    await run(caller(['self']), { id: me, phone: '13800000003' });
    expect(codes(await run(caller(['self']), { id: me, phone: 'taken' }))).toEqual([[['phone'], 'DUPLICATE']]);
    await expect(run(caller(['self']), { id: me, phone: 'fails' })).rejects.toThrow('an unexpected fault');
    expect(await phoneOf(me)).toBe('13800000003');
    expect(await eventsIn(database.url)).toHaveLength(1);
  });

  test('may ask whether its caller is related to people and places without a row', async () => {
    const write = writerFor(client, scope, caller(['self', 'street'], { jurisdiction: ['440303001'] }));
    await write('addPhone', async (tx) => {
      expect(tx.isRelated({ subject: me })).toBe(true);
      expect(tx.isRelated({ subject: ['demo-spouse'] })).toBe(false);
      expect(tx.isRelated({ community: '440303001001' })).toBe(true);
      expect(tx.isRelated({ community: '440304001001' })).toBe(false);
      expect(() => tx.requireRelation(['id'], { subject: null })).toThrow('NOT_ALLOWED');
    });
  });
});

describe('a submission with a key', () => {
  const key = 'f1a63c2e-0001';

  test('is done once, however often and however fast it is sent', async () => {
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => run(caller(['self']), { id: me, phone: '13800000004', idempotencyKey: key })),
    );
    for (const answer of answers) expect(answer).toMatchObject({ userErrors: [], resident: { id: me } });
    expect(await eventsIn(database.url)).toHaveLength(1);
  });

  test('is refused where the key stood for something else, and is free again after a refusal', async () => {
    await run(caller(['self']), { id: me, phone: 'taken', idempotencyKey: key });
    expect((await run(caller(['self']), { id: me, phone: '13800000005', idempotencyKey: key })).userErrors).toEqual([]);
    const other = await run(caller(['self']), { id: me, phone: '13800000006', idempotencyKey: key });
    expect(codes(other)).toEqual([[['idempotencyKey'], 'KEY_REUSED']]);
    expect(await phoneOf(me)).toBe('13800000005');
  });

  test('is its caller’s own', async () => {
    await run(caller(['self']), { id: me, phone: '13800000007', idempotencyKey: key });
    const other = await run(caller(['self'], { id: 'u2' }), { id: me, phone: '13800000008', idempotencyKey: key });
    expect(other.userErrors).toEqual([]);
  });
});

describe('events', () => {
  const emit = (key: string, n: number) =>
    writerFor(client, scope, caller(['self']))('addPhone', (tx) => tx.emit({ type: 'Noted', key, data: { n } }));

  test('are sent in the order of their commits, key by key, and again until everybody has them', async () => {
    const connection = await database.connect();
    let away = true;
    const sent: string[] = [];
    const bus = {
      publish: async ({ key, data }: LinliEvent) => {
        if (away && key === 'a') throw new Error('away');
        sent.push(`${key}${String(data['n'])}`);
      },
      subscribe: async () => undefined,
      close: async () => undefined,
    };
    const relay = new Relay('civil-affairs', connection, bus, quiet);
    for (const n of [1, 2, 3]) for (const key of ['a', 'b']) await emit(key, n);
    relay.wake();
    while (sent.length < 3) await sleep(10);
    expect(sent).toEqual(['b1', 'b2', 'b3']);
    away = false;
    while (sent.length < 6) await sleep(10);
    expect(sent.slice(3)).toEqual(['a1', 'a2', 'a3']);
    await relay.stop();
    const { rows } = await pool.query('SELECT seq FROM _linli_outbox WHERE sent_at IS NULL');
    expect(rows).toEqual([]);
  });

  test('of one key have numbers in the order of their commits, whoever began first', async () => {
    const write = writerFor(client, scope, caller(['self']));
    let commit = () => undefined as void;
    const held = new Promise<void>((resolve) => (commit = resolve));
    const first = write('addPhone', async (tx) => {
      await tx.emit({ type: 'Noted', key: 'k', data: { n: 1 } });
      await held;
    });
    while ((await pool.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted")).rows.length === 0) {
      await sleep(5);
    }
    const second = emit('k', 2);
    await emit('other', 3);
    expect(await eventsIn(database.url)).toMatchObject([{ key: 'other' }]);
    commit();
    await Promise.all([first, second]);
    expect((await eventsIn(database.url)).filter(({ key }) => key === 'k').map(({ data }) => data['n'])).toEqual([
      1, 2,
    ]);
  });

  test('are handled once, and put aside when they cannot be', async () => {
    const bus = inProcessBus();
    const seen: LinliEvent[] = [];
    const handle = inbox(
      client,
      {
        'civil-affairs.Noted': async (event, tx) => {
          seen.push(event);
          if (event.key === 'poison') throw new Error('cannot');
          await tx.query('SELECT 1 AS one');
        },
      },
      quiet,
    );
    await bus.subscribe('health', ['civil-affairs.Noted'], handle);
    const event = (number: number, key: string): LinliEvent => ({
      id: `civil-affairs:${number}`,
      department: 'civil-affairs',
      type: 'Noted',
      key,
      data: {},
      at: new Date().toISOString(),
    });
    await bus.publish(event(1, 'a'));
    await bus.publish(event(1, 'a'));
    expect(seen).toHaveLength(1);
    await bus.publish(event(2, 'poison'));
    expect(seen).toHaveLength(1 + 8);
    const { rows } = await pool.query('SELECT id, reason FROM _linli_dead_event');
    expect(rows).toEqual([{ id: 'civil-affairs:2', reason: 'Error' }]);
    await bus.publish({ ...event(3, 'a'), type: 'Unknown' });
  }, 60_000);
});

describe('a job', () => {
  test('runs when it is due, in one of many processes, and catches up', async () => {
    let runs = 0;
    const job = {
      name: 'count',
      everySeconds: 60,
      run: async () => {
        runs += 1;
        await sleep(50);
      },
    };
    const now = new Date('2026-01-01T00:00:00Z');
    const results = await Promise.all(Array.from({ length: 8 }, () => runIfDue(client, job, now)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await runIfDue(client, job, new Date('2026-01-01T00:00:59Z'))).toBe(false);
    expect(await runIfDue(client, job, new Date('2026-01-02T00:00:00Z'))).toBe(true);
    expect(runs).toBe(2);
  });

  test('that fails is due still', async () => {
    let fails = true;
    const job = {
      name: 'fails',
      everySeconds: 60,
      run: async () => {
        if (fails) throw new Error('cannot');
      },
    };
    const now = new Date('2026-01-01T00:00:00Z');
    await expect(runIfDue(client, job, now)).rejects.toThrow('cannot');
    fails = false;
    expect(await runIfDue(client, job, now)).toBe(true);
  });
});
