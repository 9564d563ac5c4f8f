import { describe, expect, test } from '@jest/globals';
import { testHub } from '../support/test-hub.js';

interface Quantity {
  id: string;
  current: { value: number | null; reached: boolean | null; unavailable: string | null };
}

describe('the plan’s quantities through the gateway', () => {
  test('are told by the department whose register holds them, to anybody; the others say that none does', async () => {
    const response = await fetch(`${testHub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ planQuantities { id current { value reached unavailable } } }' }),
    });
    const { data, errors } = (await response.json()) as { data: { planQuantities: Quantity[] }; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(data.planQuantities).toHaveLength(29);
    const without = data.planQuantities.filter(({ current }) => current.value === null);
    expect(without.map(({ id }) => id)).toEqual(['q05', 'q06', 'q15', 'q22', 'q28']);
    for (const { current } of without) expect(current.unavailable).toContain('各部门');
    for (const { current } of data.planQuantities) expect(current.reached === null).toBe(current.value === null);
  });
});
