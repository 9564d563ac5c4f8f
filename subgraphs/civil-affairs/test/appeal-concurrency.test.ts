import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Pool } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { appealClient, bureau, colleague, community, me, street, window } from './support/appeals.js';

let service: TestSubgraph;
let pool: Pool;
let appeals: ReturnType<typeof appealClient>;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  pool = new Pool({ connectionString: service.databaseUrl });
  appeals = appealClient(service);
});

afterAll(async () => {
  await pool.end();
  await service.close();
});

describe('submitting again', () => {
  test('with the same key makes one appeal, with another input is refused', async () => {
    const given = {
      communityCode: community,
      category: 'NOISE',
      title: '噪声',
      content: '夜间施工。',
      idempotencyKey: 'key-00000001',
    };
    const first = await appeals.done('submitAppeal', me, given);
    expect(await appeals.done('submitAppeal', me, given)).toEqual(first);
    const { userErrors } = await appeals.call('submitAppeal', me, { ...given, title: '别的' });
    expect(userErrors).toMatchObject([{ field: ['idempotencyKey'], code: 'KEY_REUSED' }]);
  });

  test('twenty at once with the same key make one', async () => {
    const given = {
      communityCode: community,
      category: 'NOISE',
      title: '噪声',
      content: '夜间施工。',
      idempotencyKey: 'key-00000002',
    };
    const rows = await Promise.all(Array.from({ length: 20 }, () => appeals.done('submitAppeal', me, given)));
    expect(new Set(rows.map(({ no }) => no)).size).toBe(1);
    expect(await appeals.eventsOf(rows[0]!.no)).toHaveLength(1);
  });
});

describe('at the same time', () => {
  test('of many who accept one appeal, one does, and the others are told that it changed', async () => {
    const row = await appeals.submit(me);
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        appeals.call('acceptAppeal', i % 2 ? window : colleague, { no: row.no, expectedVersion: row.version }),
      ),
    );
    expect(results.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const refused = results.filter(({ userErrors }) => userErrors.length > 0);
    for (const { userErrors } of refused)
      expect(userErrors).toMatchObject([{ field: ['expectedVersion'], code: 'CONFLICT' }]);
    expect(await appeals.eventsOf(row.no)).toHaveLength(2);
  });

  test('whoever does whatever, states, steps and versions stay in step', async () => {
    const rows = await Promise.all([appeals.handled(), appeals.handled(), appeals.handled()]);
    const acts: [string, object, object][] = [
      ['answerAppeal', bureau, { answer: '已处理' }],
      ['extendAppeal', bureau, { workingDays: 1, note: '延期' }],
      ['superviseAppeal', street, { level: 1, note: '督办' }],
      ['recordAppealContact', window, { note: '联系' }],
      ['withdrawAppeal', me, {}],
      ['addJointUnit', bureau, { unit: '440303001' }],
      ['transferAppeal', bureau, { unit: '440303-housing', note: '转办' }],
      ['confirmAppeal', me, {}],
    ];
    for (let round = 0; round < 4; round++) {
      await Promise.all(
        rows.flatMap(({ no }) =>
          acts.map(async ([name, as, more]) => {
            const { rows: found } = await pool.query<{ version: number }>('SELECT version FROM appeal WHERE no = $1', [
              no,
            ]);
            await appeals.call(name, as, { no, expectedVersion: found[0]!.version, ...more });
          }),
        ),
      );
    }
    for (const { no } of rows) {
      const { rows: steps } = await pool.query(
        'SELECT seq, at, from_state, to_state FROM appeal_step WHERE appeal_no = $1 ORDER BY seq',
        [no],
      );
      const { rows: now } = await pool.query('SELECT state, steps, version FROM appeal WHERE no = $1', [no]);
      expect(now[0]).toEqual({ state: steps.at(-1).to_state, steps: steps.length, version: steps.length });
      for (const [i, step] of steps.entries()) {
        expect(step.seq).toBe(i + 1);
        if (i > 0) expect(step.from_state).toBe(steps[i - 1].to_state);
        if (i > 0) expect(step.at.getTime()).toBeGreaterThanOrEqual(steps[i - 1].at.getTime());
      }
      expect(await appeals.eventsOf(no)).toHaveLength(steps.length);
    }
  });
});
