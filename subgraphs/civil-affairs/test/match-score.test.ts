import { expect, test } from '@jest/globals';
import { matchScore, projectScore } from '../src/three-lists/match-score.js';

const need = { communityCode: '440303001001', category: 'ELDER_CARE', quantity: 20 };

test.each([
  ['all that is needed, of its kind, next door', { ...need }, 100],
  ['half of it', { ...need, quantity: 10 }, 90],
  ['more than enough in another community of the street', { ...need, communityCode: '440303001002', quantity: 50 }, 90],
  ['in another street of the district', { ...need, communityCode: '440303002001' }, 80],
  ['in another district', { ...need, communityCode: '440304001001' }, 70],
  ['of another kind', { ...need, category: 'SAFETY' }, 50],
])('a resource with %s scores as documented', (_, resource, score) => {
  expect(matchScore(need, resource)).toBe(score);
});

test('a project scores the mean of the best match of each need', () => {
  const other = { ...need, category: 'SAFETY' };
  expect(projectScore([need, other], [need, { ...need, quantity: 1 }])).toBe(75);
  expect(projectScore([need], [other])).toBe(50);
});
