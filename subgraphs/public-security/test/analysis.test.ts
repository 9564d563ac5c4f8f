import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { quarterOf } from '../src/quarter.js';
import { subgraph } from '../src/subgraph.js';
import { readAll } from './support/pages.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
});

afterAll(() => service.close());

interface Figures {
  kind: string;
  events: number | null;
  closed: number | null;
  open: number | null;
  supervised: number | null;
  suppressed: boolean;
}

async function analyse(...places: string[]): Promise<Figures[][]> {
  const fields = places.map(
    (place, i) =>
      `p${i}: gridEventAnalysis(place: "${place}", quarter: "2025Q2") { byKind { kind events closed open supervised suppressed } }`,
  );
  const { data, errors } = await service.query(`{ ${fields.join(' ')} }`);
  expect(errors).toBeUndefined();
  return places.map((_, i) => data[`p${i}`].byKind);
}

const personal = ['PUBLIC_ORDER', 'DISPUTE'];
const small = (count: number | null) => count !== null && count > 0 && count < 5;

describe('the analysis of grid events', () => {
  test('counts what was reported in the quarter, by kind', async () => {
    const { nodes } = await readAll<{ kind: string; stage: string; reportedAt: string }>(
      service,
      'gridEvents',
      'place: "440303",',
      'kind stage reportedAt',
      200,
    );
    const { from, until } = quarterOf('2025Q2');
    const inside = nodes.filter(({ reportedAt }) => new Date(reportedAt) >= from && new Date(reportedAt) < until);
    const [figures] = await analyse('440303');
    expect(figures).toHaveLength(8);
    for (const { kind, suppressed, ...counts } of figures!) {
      const ofKind = inside.filter((event) => event.kind === kind);
      if (suppressed) continue;
      expect(counts).toEqual({
        events: ofKind.length,
        closed: ofKind.filter(({ stage }) => stage === 'ANALYSED').length,
        open: ofKind.filter(({ stage }) => stage !== 'ANALYSED').length,
        supervised: ofKind.filter(({ stage }) => stage === 'SUPERVISED').length,
      });
    }
  });

  test('withholds small counts of kinds that are about somebody, and of these alone', async () => {
    const places = geography.communities.slice(0, 60).map(({ code }) => code);
    const figures = (await analyse(...places)).flat();
    const withheld = figures.filter(({ suppressed }) => suppressed);
    expect(withheld.length).toBeGreaterThan(0);
    for (const { kind, events, closed } of withheld) {
      expect(personal).toContain(kind);
      expect([events, closed]).toEqual([null, null]);
    }
    for (const { kind, suppressed, ...counts } of figures) {
      if (!suppressed && personal.includes(kind)) expect(Object.values(counts).some(small)).toBe(false);
    }
  });

  test('no withheld count can be computed by subtracting its sisters from their street', async () => {
    for (const street of geography.streets.slice(0, 20)) {
      const inside = geography.communities.filter(({ code }) => code.startsWith(street.code)).map(({ code }) => code);
      const [whole, ...parts] = await analyse(street.code, ...inside);
      for (const kind of personal) {
        const of = (figures: Figures[]) => figures.find((each) => each.kind === kind)!;
        const hidden = parts.map(of).filter(({ suppressed }) => suppressed);
        if (of(whole!).suppressed || hidden.length === 0) continue;
        const shown = parts.map(of).reduce((sum, { events }) => sum + (events ?? 0), 0);
        expect(hidden.length).toBeGreaterThan(1);
        expect(small(of(whole!).events! - shown)).toBe(false);
      }
    }
  });

  test('a prefix that is no area of its own tells no counts of persons', async () => {
    // 440307 is 龙岗区 and 大鹏新区 together.
    const [figures] = await analyse('440307');
    for (const { kind, suppressed } of figures!) expect(suppressed).toBe(personal.includes(kind));
  });

  test('the city is all of it, 深汕特别合作区 included', async () => {
    const [city, shantou] = await analyse('4403', '4415');
    const of = (figures: Figures[]) => figures.find(({ kind }) => kind === 'FIRE_HAZARD')!.events!;
    const parts = await analyse(...geography.streets.map(({ code }) => code));
    expect(of(city!)).toBe(parts.reduce((sum, part) => sum + of(part), 0));
    expect(of(shantou!)).toBeGreaterThan(0);
  });

  test.each(['2025', '2025Q5', '2019Q4', '2999Q1', 'x'])(
    'the quarter %s is refused, saying what to send',
    async (quarter) => {
      const { errors } = await service.query(`{ gridEventAnalysis(place: "4403", quarter: "${quarter}") { place } }`);
      expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
      expect(errors?.[0]?.message).toContain('2020Q1 to the present one');
    },
  );
});
