import { expect, test } from '@jest/globals';
import { nativePlanner, noOverride } from '../../src/planning/planner.js';
import { provisions } from '../differential/fixtures/provisions.js';
import { requirements } from '../differential/fixtures/requirements.js';
import { compose } from '../differential/universe.js';

test('asks a field’s owner for it where a subgraph provides the field on another way only', () => {
  const plan = nativePlanner(compose(provisions)).plan('{ shelf { books { author { name } } } }', noOverride);
  const text = JSON.stringify(plan);
  expect(text).toContain('{shelf{books{__typename id}}}');
  expect(text).toContain('"serviceName":"titles"');
});

test('refuses a plan that sends a field once for two requirements with different arguments', () => {
  const planner = nativePlanner(compose(requirements));
  expect(() => planner.plan('{ thing { plain last } }', noOverride)).toThrow(/requires base with different arguments/);
  expect(planner.plan('{ thing { plain other } }', noOverride)).toBeDefined();
});
