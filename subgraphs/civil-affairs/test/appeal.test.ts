import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countStatements, fewestStatements, splitBatches } from '@linli/kit/testing/statements';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Pool } from 'pg';
import { defaultRules } from '../src/appeals/defaults.js';
import { possibleIn, stateNames } from '../src/appeals/states.js';
import type { AppealAction, AppealState } from '../src/generated/graphql.js';
import { subgraph } from '../src/subgraph.js';
import { community } from './support/appeals.js';

let service: TestSubgraph;
let pool: Pool;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 8000 });
  pool = new Pool({ connectionString: service.databaseUrl });
});

afterAll(async () => {
  await pool.end();
  await service.close();
});

interface SeededStep {
  appeal_no: string;
  seq: number;
  at: Date;
  action: AppealAction;
  from_state: AppealState | null;
  to_state: AppealState;
}

describe('the made-up appeals', () => {
  test('each have a course that leads to their state, by steps that are possible one after the other', async () => {
    const { rows: steps } = await pool.query<SeededStep>('SELECT * FROM appeal_step ORDER BY appeal_no, seq');
    const { rows: appeals } = await pool.query<{ no: string; state: AppealState; steps: number; submitted_at: Date }>(
      'SELECT no, state, steps, submitted_at FROM appeal',
    );
    expect(appeals.length).toBeGreaterThan(250);
    const courses = new Map<string, SeededStep[]>(appeals.map(({ no }) => [no, []]));
    for (const step of steps) courses.get(step.appeal_no)!.push(step);
    for (const { no, state, steps: count, submitted_at: submitted } of appeals) {
      const course = courses.get(no)!;
      expect(course).toHaveLength(count);
      expect(course[0]).toMatchObject({ seq: 1, at: submitted, from_state: null, to_state: 'SUBMITTED' });
      expect(course.at(-1)!.to_state).toBe(state);
      for (const [i, step] of course.slice(1).entries()) {
        expect(step.from_state).toBe(course[i]!.to_state);
        expect(step.at.getTime()).toBeGreaterThanOrEqual(course[i]!.at.getTime());
        expect(possibleIn[step.action]).toContain(step.from_state);
      }
    }
  });

  test('the demo community has one in each state, of its own window', async () => {
    const { rows } = await pool.query<{ state: AppealState }>(
      'SELECT DISTINCT state FROM appeal WHERE community_code = $1 AND (lead = $1 OR lead IS NULL OR state = $2)',
      [community, 'TRANSFERRED'],
    );
    expect(rows.map(({ state }) => state).sort()).toEqual(Object.keys(stateNames).sort());
  });

  test('the demo family has some of its own to confirm, to rate and to look back on', async () => {
    const { data } = await service.query(
      '{ me { appeals(first: 50) { nodes { state content answer } } } }',
      {},
      { subject: { residentId: 'demo-resident' } },
    );
    const states = data.me.appeals.nodes.map(({ state }: { state: string }) => state);
    expect(states).toEqual(expect.arrayContaining(['ANSWERED', 'CONFIRMED', 'CLOSED']));
    for (const { content } of data.me.appeals.nodes) expect(content).toMatch(/^示例：/);
  });

  test('an appeal that nobody raised has no appellant, and any other that is not a call has one', async () => {
    const { rows } = await pool.query(
      `SELECT count(*)::int AS n FROM appeal WHERE (channel = 'PROACTIVE' AND appellant_id IS NOT NULL)
         OR (channel NOT IN ('PROACTIVE', 'HOTLINE') AND appellant_id IS NULL)`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});

describe('lists', () => {
  const list = (filters: string) =>
    service.query(
      `{ appeals(place: "4403", first: 200${filters}) { totalCount nodes { no state category supervision lead { code } } } }`,
    );

  test('are filtered by state, category, supervision and lead, also together', async () => {
    const { data: handling } = await list(', state: HANDLING, category: NOISE');
    expect(handling.appeals.totalCount).toBeGreaterThan(0);
    for (const each of handling.appeals.nodes) expect(each).toMatchObject({ state: 'HANDLING', category: 'NOISE' });
    const { data: supervised } = await list(', minSupervision: 2');
    expect(supervised.appeals.totalCount).toBeGreaterThan(0);
    for (const { supervision } of supervised.appeals.nodes) expect(supervision).toBeGreaterThanOrEqual(2);
    const { data: led } = await list(`, lead: "${community}"`);
    expect(led.appeals.totalCount).toBeGreaterThan(5);
    for (const { lead } of led.appeals.nodes) expect(lead).toEqual({ code: community });
  });

  test('refuse a level of supervision that there is not', async () => {
    const { errors } = await list(', minSupervision: 4');
    expect(errors?.[0]?.message).toContain('between 1 and 3');
  });

  test('of 50 communities with everything below take as many statements as of 5', async () => {
    const operation = (first: number) => `{ communities(place: "440303", first: ${first}) { nodes {
      openAppeals weakSignals { count } appealKpi(period: "2025") { accepted }
      appealSummaries(first: 3) { totalCount nodes { summary } }
      appeals(first: 5) { totalCount nodes { appellant { id } lead { name } jointUnits { name } mergedInto { no }
        overdue possibleActions steps { action unit { name } note } } } } } }`;
    await service.query(operation(1));
    const few = await countStatements(() => service.query(operation(5)));
    const many = await fewestStatements(() => service.query(operation(50)));
    expect(many.result.errors).toBeUndefined();
    expect(many.result.data.communities.nodes).toHaveLength(50);
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + splitBatches);
  });

  test('open ones of a community are those that are not done', async () => {
    const { data } = await service.query(
      `{ community(code: "${community}") { openAppeals appeals(first: 200) { nodes { state } } } }`,
    );
    const done = ['CONFIRMED', 'EVALUATED', 'CLOSED', 'MERGED', 'REJECTED', 'WITHDRAWN'];
    const open = data.community.appeals.nodes.filter(({ state }: { state: string }) => !done.includes(state));
    expect(open.length).toBeGreaterThan(8);
    expect(data.community.openAppeals).toBe(open.length);
  });

  test('summaries are filtered by place and category', async () => {
    const { data } = await service.query(
      '{ all: appealSummaries(first: 200) { totalCount } noise: appealSummaries(place: "4403", category: NOISE, first: 200) { totalCount nodes { category closedIn } } }',
    );
    expect(data.noise.totalCount).toBeGreaterThan(0);
    expect(data.all.totalCount).toBeGreaterThan(data.noise.totalCount);
    for (const { category, closedIn } of data.noise.nodes) {
      expect(category).toBe('NOISE');
      expect(closedIn).toMatch(/^202\d-\d\d$/);
    }
  });
});

describe('who is responsible', () => {
  test('is named for every category, with the time it may take', async () => {
    const { data } = await service.query('{ appealRules { category dutyItem dutyVersion duty level workingDays } }');
    expect(data.appealRules).toHaveLength(Object.keys(defaultRules).length);
    for (const { category, workingDays, dutyItem } of data.appealRules) {
      expect({ workingDays, dutyItem }).toEqual({
        workingDays: defaultRules[category as keyof typeof defaultRules].workingDays,
        dutyItem: defaultRules[category as keyof typeof defaultRules].dutyItem,
      });
    }
  });

  test('units of a community come from its window upwards; of no community there are none', async () => {
    const { data } = await service.query(
      `{ appealUnits(community: "${community}") { code name level } none: appealUnits(community: "440303999999") { code } }`,
    );
    expect(data.appealUnits.slice(0, 3)).toEqual([
      { code: community, name: '大塘龙社区党群服务中心民生诉求服务窗口', level: 'COMMUNITY' },
      { code: '440303001', name: '桂园街道办事处', level: 'STREET' },
      { code: '440303-civil-affairs', name: '罗湖区民政局', level: 'DISTRICT' },
    ]);
    expect(data.none).toEqual([]);
  });
});
