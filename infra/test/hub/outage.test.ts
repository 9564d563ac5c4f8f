import { describe, expect, jest, test } from '@jest/globals';
import { departmentTitles, departments } from '@linli/schema/departments';
import type { Department } from '@linli/schema/departments';
import { subgraphs } from '@linli/schema/platforms';
import { ask, linli, testHub } from '../support/test-hub.js';

jest.setTimeout(60_000);

/** A field of the community that each department answers, and one public list of its own that needs nobody else. */
const fields: Readonly<
  Record<Department, { readonly own?: string; readonly ofCommunity?: string; readonly short?: string }>
> = {
  'civil-affairs': { own: 'districts', short: 'id' },
  health: { own: 'healthFacilities', ofCommunity: 'healthFacilities' },
  housing: { own: 'buildings', ofCommunity: 'buildings' },
  'public-security': { own: 'policePosts', ofCommunity: 'policePosts' },
  education: { own: 'schools', ofCommunity: 'schools' },
  connectors: { own: 'platforms', short: 'code' },
  // Nothing of it is public.
  governance: {},
};

const ownLists = `{ ${departments
  .map((name) => fields[name])
  .filter(({ own }) => own !== undefined)
  .map(({ own, short }) => (short ? `${own} { ${short} }` : `${own}(first: 1) { totalCount }`))
  .join(' ')} }`;

const acrossAll = `{ community(code: "440303001001") { name ${departments
  .flatMap((name) => fields[name].ofCommunity ?? [])
  .map((field) => `${field}(first: 1) { totalCount }`)
  .join(' ')} } }`;

async function health() {
  const response = await fetch(`${testHub.url}/health`);
  const body = (await response.json()) as { departments: Record<string, { status: string; title: string }> };
  return { ...body, code: response.status };
}

/** The probes of /health are shared for a moment, so a change shows a little later. */
async function healthOnceDown(name: Department) {
  for (let left = 50; ; left--) {
    const state = await health();
    if (state.departments[name]?.status === 'down' || left === 0) return state;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.each(departments)('without %s', (missing) => {
  test('the others answer, its own fields are null and say why, and it comes back', async () => {
    await linli(['stop', missing]);
    try {
      const lists = await ask(ownLists);
      for (const name of departments.filter((each) => each !== missing)) {
        const { own } = fields[name];
        if (own) expect(lists.data?.[own] ?? `nothing of ${name}`).toEqual(expect.any(Object));
      }
      const { own } = fields[missing];
      if (own) {
        expect(lists.data?.[own] ?? null).toBeNull();
        expect(lists.errors).toEqual([
          expect.objectContaining({
            message: expect.stringContaining(`${departmentTitles[missing]} (${missing})`),
            path: [own],
            extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE', service: missing }),
          }),
        ]);
      } else expect(lists.errors).toBeUndefined();

      const across = await ask(acrossAll);
      const community = across.data?.['community'] as Record<string, unknown> | null;
      for (const name of departments) {
        const { ofCommunity } = fields[name];
        if (!ofCommunity || missing === 'civil-affairs') continue;
        if (name === missing) expect(community?.[ofCommunity]).toBeNull();
        else expect(community?.[ofCommunity]).toEqual({ totalCount: expect.any(Number) });
      }

      const state = await healthOnceDown(missing);
      expect(state.code).toBe(503);
      for (const name of departments) expect(state.departments[name]?.status).toBe(name === missing ? 'down' : 'up');
    } finally {
      await linli(['start', missing]);
    }
    expect((await ask(ownLists)).errors).toBeUndefined();
    expect((await ask(acrossAll)).errors).toBeUndefined();
  });
});

test('everything is healthy again after all outages', async () => {
  for (let left = 50; (await health()).code !== 200 && left > 0; left--) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { code, departments: states } = await health();
  expect(code).toBe(200);
  expect(Object.keys(states).sort()).toEqual([...subgraphs].sort());
});

test('a token stays good while the identity service is away', async () => {
  const token = (await linli(['token', 'resident'])).trim();
  expect((await ask('{ me { id } }', token)).data).toEqual({ me: { id: 'demo-resident' } });
  await linli(['stop', 'identity']);
  try {
    expect((await ask('{ me { id } }', token)).data).toEqual({ me: { id: 'demo-resident' } });
    await expect(linli(['token', 'resident'])).rejects.toThrow(/cannot be used: it does not answer/);
  } finally {
    await linli(['start', 'identity']);
  }
  await linli(['token', 'resident']);
});
