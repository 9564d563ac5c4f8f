import { expect, test } from '@jest/globals';
import { ask } from '../support/test-hub.js';

test('every committee of the city is there', async () => {
  expect(await ask('{ communities(first: 1) { totalCount } }')).toEqual({
    status: 200,
    data: { communities: { totalCount: 822 } },
  });
});

test('one query returns what five departments know of one community', async () => {
  const answer = await ask(`{
    community(code: "440303001001") {
      name
      street { name }
      healthFacilities(first: 1) { nodes { name } }
      buildings(first: 1) { nodes { code } }
      policePosts(first: 1) { nodes { name } }
      communitySchool { name }
    }
  }`);
  expect(answer.errors).toBeUndefined();
  expect(answer.data?.['community']).toEqual({
    name: '大塘龙社区',
    street: { name: expect.stringContaining('桂园') },
    healthFacilities: { nodes: [{ name: expect.any(String) }] },
    buildings: { nodes: [{ code: expect.any(String) }] },
    policePosts: { nodes: [{ name: expect.any(String) }] },
    communitySchool: { name: expect.any(String) },
  });
});
