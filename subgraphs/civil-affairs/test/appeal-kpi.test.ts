import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Refusal } from '@linli/kit/writing/refusal';
import { geography } from '@linli/schema/geography';
import fc from 'fast-check';
import { Client } from 'pg';
import { advance, firstStep } from '../src/appeals/advance.js';
import type { Act, Course, Step } from '../src/appeals/course.js';
import { defaultRules } from '../src/appeals/defaults.js';
import { noAppeals, yearOfKpis, type AppealKpi, type KpiCounts } from '../src/appeals/kpi.js';
import { newCourse } from '../src/appeals/new-course.js';
import { possibleIn } from '../src/appeals/states.js';
import { dayOf } from '../src/working-days.js';
import type { AppealAction } from '../src/generated/graphql.js';
import { countMonths, type MonthCounts } from '../src/queries/appeal-kpis.js';
import { subgraph } from '../src/subgraph.js';
import { rowsOf, appealColumns, appealStepColumns } from '../src/seeds/appeal-rows.js';

type Raw = Pick<Step, 'appealNo' | 'at' | 'action' | 'from' | 'to' | 'value'> & {
  communityCode: string;
  channel: string;
};

/** The measures computed anew from nothing but the steps, by the words of docs/appeals.md. */
function fromSteps(steps: readonly Raw[]): Map<string, KpiCounts> {
  const byAppeal = new Map<string, Raw[]>();
  for (const step of steps) byAppeal.set(step.appealNo, [...(byAppeal.get(step.appealNo) ?? []), step]);
  const counted = new Map<string, KpiCounts>();
  for (const course of byAppeal.values()) {
    const accepted = course.find(
      ({ action, from }) =>
        (action === 'ACCEPT' && from === 'SUBMITTED') || (action === 'MERGE' && from === 'SUBMITTED'),
    );
    if (!accepted || course[0]!.channel === 'PROACTIVE') continue;
    const key = `${accepted.communityCode} ${dayOf(accepted.at).slice(0, 7)}`;
    const counts = counted.get(key) ?? { ...noAppeals };
    counted.set(key, counts);
    const answers = ['ANSWER', 'SHARE_ANSWER'];
    const contact = course.find(({ action }) => action === 'CONTACT' || answers.includes(action));
    const answered = course.some(({ action }) => answers.includes(action));
    // What the appellant said last, unless it was done again and answered anew since.
    const last = course
      .filter(({ action, to }) => [...answers, 'CONFIRM', 'REOPEN'].includes(action) || to === 'REOPENED')
      .at(-1);
    const rating = course.find(({ action, to }) => action === 'EVALUATE' && to === 'EVALUATED')?.value ?? null;
    counts.accepted++;
    if (contact && contact.at.getTime() - accepted.at.getTime() <= 24 * 3_600_000) counts.responded++;
    if (answered) counts.answered++;
    if (last?.action === 'CONFIRM') counts.confirmed++;
    if (rating !== null) counts.rated++;
    if (rating !== null && rating >= 3) counts.satisfied++;
  }
  return counted;
}

const asMap = (counts: readonly MonthCounts[]) =>
  new Map(counts.map(({ communityCode, month, ...rest }) => [`${communityCode} ${month}`, rest]));
const sorted = (map: Map<string, KpiCounts>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

let service: TestSubgraph;
let client: Client;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 8000 });
  client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await service.close();
});

async function stepsInDatabase(): Promise<Raw[]> {
  const { rows } = await client.query<Raw>(
    `SELECT s.appeal_no AS "appealNo", s.at, s.action, s.from_state AS "from", s.to_state AS "to", s.value,
       a.community_code AS "communityCode", a.channel
     FROM appeal_step s JOIN appeal a ON a.no = s.appeal_no ORDER BY s.appeal_no, s.seq`,
  );
  return rows;
}

/** A course of whatever happens to be possible, in one of two communities. */
const communities = ['440303001001', '440303001002'];
const anything = (Object.keys(possibleIn) as AppealAction[]).filter((each) => possibleIn[each].length > 0);
const onwards: AppealAction[] = ['ACCEPT', 'CONTACT', 'DISPATCH', 'START', 'ANSWER', 'CONFIRM', 'REOPEN', 'EVALUATE'];
const attempts = fc.record({
  community: fc.constantFrom(...communities),
  proactive: fc.boolean(),
  tries: fc.array(
    fc.record({
      // Mostly onwards, so that courses come far enough to have something to measure.
      action: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...onwards) }, fc.constantFrom(...anything)),
      value: fc.integer({ min: 1, max: 5 }),
      wait: fc.constantFrom(1, 20, 30, 200),
    }),
    { minLength: 20, maxLength: 80 },
  ),
});

function randomCourse(
  no: string,
  {
    community,
    proactive,
    tries,
  }: { community: string; proactive: boolean; tries: { action: AppealAction; value: number; wait: number }[] },
) {
  const rule = defaultRules.NOISE;
  let at = new Date('2026-01-05T01:00:00Z');
  const submittedAt = at;
  const appellantId = proactive ? null : 'demo-resident';
  const channel = proactive ? ('PROACTIVE' as const) : ('ONLINE' as const);
  let course: Course = newCourse(
    { no, channel, communityCode: community, appellantId, aboutUnit: null, anonymous: false },
    at,
    rule,
  );
  const steps: Step[] = [firstStep(no, { action: proactive ? 'OPEN' : 'SUBMIT', actor: 'SYSTEM', unit: null }, at)];
  for (const { action, value, wait } of tries) {
    const act: Act = {
      action,
      actor: 'SYSTEM',
      unit: community,
      target:
        action === 'TRANSFER'
          ? '440303001'
          : action === 'DISPATCH' || action === 'ARBITRATE' || action === 'JOIN'
            ? community
            : 'A1',
      lead: community,
      value,
      text: 'x',
    };
    try {
      const next = new Date(at.getTime() + wait * 3_600_000);
      const { changes, step } = advance(course, act, next, rule);
      course = { ...course, ...changes };
      steps.push(step);
      at = next;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  const draft = {
    no,
    category: 'NOISE' as const,
    state: course.state,
    channel,
    communityCode: community,
    submittedAt,
    appellantId,
    householdId: 'x',
  };
  return { draft, course, steps, parties: [] };
}

describe('the measures', () => {
  test('of the made-up appeals are what their steps say', async () => {
    const counted = asMap(await countMonths(client));
    expect(counted.size).toBeGreaterThan(100);
    expect(sorted(counted)).toEqual(sorted(fromSteps(await stepsInDatabase())));
  });

  test('of courses at random are what their steps say', async () => {
    const before = asMap(await countMonths(client));
    let serial = 0;
    await client.query('BEGIN');
    await fc.assert(
      fc.asyncProperty(fc.array(attempts, { minLength: 12, maxLength: 20 }), async (courses) => {
        for (const each of courses) {
          for (const [table, cells] of rowsOf(randomCourse(`R${String(serial++).padStart(8, '0')}`, each))) {
            if (table === 'appeal_party') continue;
            const columns = table === 'appeal' ? appealColumns : appealStepColumns;
            const places = columns.map((_, i) => `$${i + 1}`).join(', ');
            await client.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`, cells);
          }
        }
      }),
      { numRuns: 25 },
    );
    const counted = asMap(await countMonths(client));
    const raw = fromSteps(await stepsInDatabase());
    await client.query('ROLLBACK');
    expect(sorted(counted)).toEqual(sorted(raw));
    const added =
      [...counted.values()].reduce((sum, { accepted }) => sum + accepted, 0) -
      [...before.values()].reduce((sum, { accepted }) => sum + accepted, 0);
    expect(added).toBeGreaterThan(20);
    const confirmed = [...counted]
      .filter(([key]) => key.endsWith('2026-01'))
      .reduce((sum, [, each]) => sum + each.confirmed, 0);
    expect(confirmed).toBeGreaterThan(0);
  });

  test('are the same for a place as the sum over its communities, where all is shown', async () => {
    const counts = await countMonths(client);
    const { data } = await service.query(
      '{ appealKpi(place: "4403", period: "2025") { accepted responded responseRate answered confirmed resolutionRate rated unrated satisfied satisfactionRate suppressed } }',
    );
    const total = (pick: (counts: KpiCounts) => number) =>
      counts.filter(({ month }) => month.startsWith('2025')).reduce((sum, each) => sum + pick(each), 0);
    const kpi = data.appealKpi as AppealKpi;
    expect(kpi.suppressed).toBe(false);
    expect(kpi).toMatchObject({
      accepted: total((c) => c.accepted),
      responded: total((c) => c.responded),
      answered: total((c) => c.answered),
      confirmed: total((c) => c.confirmed),
      rated: total((c) => c.rated),
      satisfied: total((c) => c.satisfied),
    });
    expect(kpi.responseRate).toBeCloseTo(kpi.responded! / kpi.accepted!, 4);
    expect(kpi.resolutionRate).toBeCloseTo(kpi.confirmed! / kpi.answered!, 4);
    expect(kpi.satisfactionRate).toBeCloseTo(kpi.satisfied! / kpi.rated!, 4);
    expect(kpi.unrated).toBe(kpi.answered! - kpi.rated!);
  });

  test('are there for communities, streets and districts, and null where nothing was accepted', async () => {
    const { data } = await service.query(
      `{ district(id: "440303") { appealKpi(period: "2025") { accepted suppressed } }
         street(code: "440303001") { appealKpi(period: "2025-05") { period } }
         community(code: "440303001001") { appealKpi(period: "2025") { period } }
         none: appealKpi(place: "4403", period: "1999") { period } }`,
    );
    expect(data.district.appealKpi.accepted).toBeGreaterThan(5);
    expect(data.street.appealKpi).toEqual({ period: '2025-05' });
    expect(data.community.appealKpi).toEqual({ period: '2025' });
    expect(data.none).toBeNull();
  });

  test.each(['25', '2025-13', '2025-6', '2025Q1', ''])(
    'a period of %p is refused with what to send',
    async (period) => {
      const { errors } = await service.query(
        'query ($period: String!) { appealKpi(place: "4403", period: $period) { period } }',
        { period },
      );
      expect(errors?.[0]?.message).toContain('send a year as 2025');
    },
  );
});

describe('small numbers', () => {
  /** Random counts with many small ones. */
  function randomYear(seed: number) {
    const months = ['2025-01', '2025-02', '2025-03'];
    let state = seed;
    const draw = (max: number) => (state = (state * 48271) % 2147483647) % (max + 1);
    const counts = new Map<string, KpiCounts>();
    for (const { code } of geography.communities) {
      for (const month of months) {
        const accepted = draw(3) === 0 ? 0 : draw(60);
        const answered = draw(accepted);
        const confirmed = draw(answered);
        const rated = draw(answered);
        counts.set(`${code} ${month}`, {
          accepted,
          responded: draw(accepted),
          answered,
          confirmed,
          rated,
          satisfied: draw(rated),
        });
      }
    }
    const countsOf = (code: string, month: string) => counts.get(`${code} ${month}`)!;
    return { months, countsOf, kpis: yearOfKpis('2025', months, countsOf, 5) };
  }

  const small = (count: number | null) => count !== null && count > 0 && count < 5;
  const sayings: ((kpi: AppealKpi) => number | null)[] = [
    ({ accepted }) => accepted,
    ({ confirmed }) => confirmed,
    ({ answered, confirmed }) => (answered === null || confirmed === null ? null : answered - confirmed),
    ({ rated }) => rated,
    ({ satisfied }) => satisfied,
    ({ rated, satisfied }) => (rated === null || satisfied === null ? null : rated - satisfied),
  ];

  test.each([11, 12, 13])('are shown in no place and period, nor the small rest of a year (table %i)', (seed) => {
    const { months, kpis } = randomYear(seed);
    let shown = 0;
    for (const places of kpis.values()) {
      for (const kpi of places.values()) {
        for (const pick of sayings) {
          expect(small(pick(kpi))).toBe(false);
          if (pick(kpi) !== null) shown++;
        }
      }
    }
    expect(shown).toBeGreaterThan(500);
    for (const [place, whole] of kpis.get('2025')!) {
      for (const pick of sayings) {
        const year = pick(whole);
        const each = months.map((month) => pick(kpis.get(month)!.get(place)!));
        const hidden = each.filter((count) => count === null).length;
        if (year === null) expect(hidden).toBe(months.length);
        else if (hidden > 0) {
          expect(hidden).toBeGreaterThan(1);
          expect(small(year - each.reduce<number>((sum, count) => sum + (count ?? 0), 0))).toBe(false);
        }
      }
    }
  });

  test.each([11, 12])('are not told by a street’s number less those of its communities (table %i)', (seed) => {
    const { kpis } = randomYear(seed);
    for (const places of kpis.values()) {
      for (const { code } of geography.streets) {
        const parts = geography.communities.filter((community) => community.code.startsWith(code));
        for (const pick of sayings) {
          const whole = pick(places.get(code)!);
          const each = parts.map((part) => pick(places.get(part.code)!));
          const hidden = each.filter((count) => count === null).length;
          if (whole === null) expect(hidden).toBe(parts.length);
          else if (hidden > 0) {
            expect(hidden).toBeGreaterThan(1);
            expect(small(whole - each.reduce<number>((sum, count) => sum + (count ?? 0), 0))).toBe(false);
          }
        }
      }
    }
  });
});
