import { describe, expect, jest, test } from '@jest/globals';
import { homeAt } from '../../src/launcher/home.js';
import { readHub } from '../../src/launcher/hub-file.js';
import { ask, linli, testHub } from '../support/test-hub.js';

jest.setTimeout(60_000);

const across = `{ community(code: "440303001001") {
  name
  propertyPlatform { name serviceGrade feePerSquareMetre openRepairs lifts { total outOfService } satisfaction }
  schools(first: 1) { totalCount }
} }`;
const others = { name: expect.any(String), schools: { totalCount: expect.any(Number) } };
const repairs = '{ community(code: "440303001001") { propertyPlatform { openRepairs repairs { kind state } } } }';

/** Makes the platform's stand-in answer 503 for that many seconds; none brings it back at once. */
async function away(seconds: number): Promise<void> {
  const { url } = readHub(homeAt(testHub.home)).services['platforms']!;
  await fetch(new URL(`/smart-property/away?for=${seconds}`, url), { method: 'POST' });
}

/** Asks until the platform is back, which takes the stand-in no more than a turn. */
async function onceBack() {
  for (let left = 50; ; left--) {
    const answer = await ask(across);
    if (!answer.errors || left === 0) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a platform joined by its OpenAPI description', () => {
  test('is part of a community beside what the departments know', async () => {
    const { data, errors } = await ask(across);
    expect(errors).toBeUndefined();
    expect(data?.['community']).toEqual({
      ...others,
      propertyPlatform: {
        name: expect.stringMatching(/花园（示例）$/),
        serviceGrade: expect.stringMatching(/^[ABC]$/),
        feePerSquareMetre: expect.any(Number),
        openRepairs: expect.any(Number),
        lifts: { total: expect.any(Number), outOfService: expect.any(Number) },
        satisfaction: expect.any(Number),
      },
    });
  });

  test('leads on to the departments from its own list', async () => {
    const { data, errors } = await ask(
      '{ propertyPlatformProjects(place: "440303001", limit: 3) { communityCode community { name } } }',
    );
    expect(errors).toBeUndefined();
    expect(data?.['propertyPlatformProjects']).toEqual(
      Array(3).fill({ communityCode: expect.stringMatching(/^440303001/), community: { name: expect.any(String) } }),
    );
  });

  test('shows repairs to the staff of the place, and not to the public', async () => {
    const open = await ask(repairs);
    expect(open.data ?? null).toBeNull();
    expect(open.errors).toEqual([expect.objectContaining({ message: expect.stringContaining('repairs') })]);

    const token = (await linli(['token', 'grid-worker'])).trim();
    const staff = await ask(repairs, token);
    expect(staff.errors).toBeUndefined();
    const { propertyPlatform: seen } = staff.data?.['community'] as {
      propertyPlatform: { openRepairs: number; repairs: unknown[] };
    };
    expect(seen.openRepairs).toBeGreaterThan(0);
    expect(seen.repairs).toHaveLength(seen.openRepairs);
  });

  test('that is away takes nothing with it but its own fields', async () => {
    await away(60);
    try {
      const { data, errors } = await ask(across);
      expect(data?.['community']).toEqual({ ...others, propertyPlatform: null });
      expect(errors).toEqual([
        expect.objectContaining({
          path: ['community', 'propertyPlatform'],
          message: expect.stringContaining('智慧物业 (smart-property)'),
          extensions: expect.objectContaining({ code: 'PLATFORM_UNAVAILABLE' }),
        }),
      ]);
    } finally {
      await away(0);
    }
    expect((await onceBack()).errors).toBeUndefined();
  });

  test('can be stopped and started like a department', async () => {
    await linli(['stop', 'smart-property']);
    try {
      const { data, errors } = await ask(across);
      expect(data?.['community']).toEqual({ ...others, propertyPlatform: null });
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['SUBGRAPH_UNAVAILABLE']);
    } finally {
      await linli(['start', 'smart-property']);
    }
    expect((await onceBack()).errors).toBeUndefined();
  });
});
