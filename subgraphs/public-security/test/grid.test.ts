import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { communityLayouts } from '@linli/kit/population/places';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { geography } from '@linli/schema/geography';
import { subgraph } from '../src/subgraph.js';
import { entities, readAll } from './support/pages.js';

const residents = 3000;
let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents });
});

afterAll(() => service.close());

describe('grids', () => {
  interface Event {
    id: string;
    kind: string;
    stage: string;
    reportedAt: string;
    dueAt: string;
    grid: { code: string };
    community: { code: string };
  }
  const selection = 'id kind stage reportedAt dueAt grid { code } community { code }';
  let events: Event[];

  beforeAll(async () => {
    events = (await readAll<Event>(service, 'gridEvents', 'place: "440303",', selection, 200)).nodes;
  });

  test('the cells of a community hold all of its buildings', async () => {
    const codes = geography.communities.map(({ code }) => ({ code }));
    const { data } = await entities(
      service,
      'Community',
      codes,
      'code gridCells(first: 200) { nodes { code buildings } }',
    );
    const layouts = communityLayouts(residents);
    for (const { code, gridCells } of data._entities) {
      const cells: { code: string; buildings: number }[] = gridCells.nodes;
      expect(cells.every((cell) => cell.code.startsWith(code) && cell.code.length === 14)).toBe(true);
      expect(cells.reduce((sum, cell) => sum + cell.buildings, 0)).toBe(layouts.get(code)!.buildings);
    }
  });

  test('pages of events follow one another without gap or overlap', async () => {
    const { nodes, totals } = await readAll<Event>(service, 'gridEvents', 'place: "440303",', 'id', 37);
    expect(nodes.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(events.map(({ id }) => id)).toEqual([...new Set(events.map(({ id }) => id))].sort());
    expect(new Set(totals)).toEqual(new Set([events.length]));
  });

  test('stage, kind and time filter as one would by hand', async () => {
    const since = '2025-06-01T00:00:00+08:00';
    const { nodes } = await readAll<Event>(
      service,
      'gridEvents',
      `place: "440303", stage: ANALYSED, kind: DISPUTE, since: "${since}",`,
      'id',
    );
    const expected = events.filter(
      ({ stage, kind, reportedAt }) =>
        stage === 'ANALYSED' && kind === 'DISPUTE' && Date.parse(reportedAt) >= Date.parse(since),
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(nodes.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  test('the demo community has an event at every stage, in its cell and under it', async () => {
    const { data } = await entities(
      service,
      'Community',
      [{ code: '440303001001' }],
      `found: gridEvents(stage: FOUND) { totalCount } supervised: gridEvents(stage: SUPERVISED) { totalCount nodes { stage grid { code events(stage: SUPERVISED) { totalCount } } } }
       gridEvents(first: 200) { totalCount nodes { stage } }`,
    );
    const { found, supervised, gridEvents } = data._entities[0];
    expect(new Set(gridEvents.nodes.map(({ stage }: Event) => stage))).toEqual(
      new Set(['FOUND', 'DISPATCHED', 'HANDLING', 'SUPERVISED', 'ANALYSED']),
    );
    expect(found.totalCount).toBe(gridEvents.nodes.filter(({ stage }: Event) => stage === 'FOUND').length);
    expect(supervised.nodes[0]).toEqual({
      stage: 'SUPERVISED',
      grid: { code: '44030300100101', events: { totalCount: supervised.totalCount } },
    });
  });

  test('only what is overdue is under supervision', () => {
    const now = Date.parse('2025-06-30T01:00:00Z');
    for (const { stage, reportedAt, dueAt } of events) {
      expect(Date.parse(dueAt)).toBeGreaterThan(Date.parse(reportedAt));
      if (stage === 'ANALYSED') continue;
      expect(Date.parse(dueAt) < now).toBe(stage === 'SUPERVISED');
    }
  });

  test('an event and a cell are found by their keys', async () => {
    const { id, kind, grid } = events[0]!;
    const { data } = await service.query(
      'query ($id: ID!, $code: ID!) { gridEvent(id: $id) { id kind grid { code } } gridCell(code: $code) { code } }',
      { id, code: grid.code },
    );
    expect(data).toEqual({ gridEvent: { id, kind, grid }, gridCell: { code: grid.code } });
  });

  test('an event of the demo street tells its course, and what a device raised has its alert', async () => {
    const { data } = await service.query(
      `{ gridEvents(place: "440303001", first: 200) { nodes { id stage reportedAt dueAt closedAt overdue leadUnit
         steps { number action from to at role } alerts { kind site { network } } community { code } } } }`,
    );
    const found: (Event & {
      closedAt: string | null;
      overdue: boolean;
      leadUnit: string | null;
      steps: { number: number; from: string | null; to: string; at: string }[];
      alerts: object[];
    })[] = data.gridEvents.nodes;
    for (const { steps, stage, reportedAt, closedAt, overdue, leadUnit } of found) {
      expect(steps.map(({ number }) => number)).toEqual(steps.map((_, i) => i + 1));
      expect([steps[0]!.from, steps[0]!.at, steps.at(-1)!.to]).toEqual([null, reportedAt, stage]);
      expect(steps.slice(1).map(({ from }) => from)).toEqual(steps.slice(0, -1).map(({ to }) => to));
      expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).sort());
      expect(closedAt !== null).toBe(stage === 'ANALYSED');
      expect(leadUnit === null).toBe(stage === 'FOUND');
      expect(overdue).toBe(stage !== 'ANALYSED');
    }
    expect(found.flatMap(({ alerts }) => alerts)).toEqual([{ kind: 'SMOKE', site: { network: 'SMART_SECURITY' } }]);
  });

  test('video sites are listed by place and kind, with where they are', async () => {
    const { data } = await service.query(
      '{ all: surveillanceSites(place: "440303001001") { totalCount } surveillanceSites(place: "440303001001", kind: ENTRANCE, network: SHARP_EYES) { totalCount nodes { kind location community { code } } } }',
    );
    expect(data.all.totalCount).toBe(5);
    expect(data.surveillanceSites).toEqual({
      totalCount: 1,
      nodes: [{ kind: 'ENTRANCE', location: expect.stringContaining('示例'), community: { code: '440303001001' } }],
    });
  });
});
