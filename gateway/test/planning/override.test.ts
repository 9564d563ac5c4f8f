import { describe, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import fc from 'fast-check';
import { parse } from 'graphql';
import type { Subject } from '@linli/schema/subject';
import { anonymous } from '@linli/schema/subject';
import { extremes, overrideChoice, percentageOf } from '../../src/planning/override.js';
import type { OverrideContext, Planner } from '../../src/planning/planner.js';
import { nativePlanner } from '../../src/planning/planner.js';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@override", "@shareable"])';

function plannerOver(fields: string, overrides: string): Planner {
  const result = composeServices([
    {
      name: 'old',
      url: 'http://old',
      typeDefs: parse(`${link} type Query { p: P } type P @key(fields: "id") { id: ID! ${fields} }`),
    },
    { name: 'new', url: 'http://new', typeDefs: parse(`${link} type P @key(fields: "id") { id: ID! ${overrides} }`) },
  ]);
  if (result.errors) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return nativePlanner(result.supergraphSdl);
}

const planner = plannerOver(
  'few: Int most: Int none: Int all: Int byLabel: Int',
  `few: Int @override(from: "old", label: "percent(30)")
   most: Int @override(from: "old", label: "percent(70.5)")
   none: Int @override(from: "old", label: "percent(0)")
   all: Int @override(from: "old", label: "percent(100)")
   byLabel: Int @override(from: "old", label: "new-label")`,
);
const plain = plannerOver('a: Int', 'b: Int');

/** Whether the new department is asked for a field. */
function isMoved(field: string, override: OverrideContext): boolean {
  return JSON.stringify(planner.plan(`{ p { ${field} } }`, override)).includes('"serviceName":"new"');
}

const subject = (id: string): Subject => ({ ...anonymous, id });

describe('percent(n) holds below n', () => {
  test.each([
    ['few', 0, true],
    ['few', 29.999, true],
    ['few', 30, false],
    ['few', 99.999, false],
    ['most', 70.499, true],
    ['most', 70.5, false],
    ['none', 0, false],
    ['all', 99.999, true],
  ])('%s at %d: %s', (field, percentage, moved) => {
    expect(isMoved(field, { labels: new Set(), percentage })).toBe(moved);
  });

  test('and is no label that could be named', () => {
    expect(isMoved('few', { labels: new Set(['percent(30)']), percentage: 50 })).toBe(false);
    expect(planner.labels).toEqual(['new-label']);
    expect([...planner.percentages].sort((a, b) => a - b)).toEqual([0, 30, 70.5, 100]);
  });
});

test('a label holds for everybody when it is on, at any percentage', () => {
  const on = overrideChoice(planner, ['new-label', 'unknown']);
  const off = overrideChoice(planner, []);
  for (const id of ['a', 'b', 'c', anonymous.id]) {
    expect(isMoved('byLabel', on(subject(id)))).toBe(true);
    expect(isMoved('byLabel', off(subject(id)))).toBe(false);
    expect([...on(subject(id)).labels]).toEqual(['new-label']);
  }
});

test('a subject stands at one place from 0 to 100, whenever and over whatever graph', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (id) => {
      fc.pre(id !== anonymous.id);
      const { percentage } = overrideChoice(planner, [])(subject(id));
      expect(percentage).toBe(percentageOf(id));
      expect(percentage).toBeGreaterThanOrEqual(0);
      expect(percentage).toBeLessThan(100);
      expect(overrideChoice(planner, ['new-label'])(subject(id)).percentage).toBe(percentage);
    }),
  );
});

test('of many subjects the given percentages are chosen, and those of a lower one have the higher one, too', () => {
  const choose = overrideChoice(planner, []);
  const places = Array.from({ length: 4000 }, (_, i) => choose(subject(`subject-${i}`)).percentage);
  const below = (limit: number) => places.filter((place) => place < limit).length / places.length;
  expect(below(30)).toBeCloseTo(0.3, 1);
  expect(below(70.5)).toBeCloseTo(0.705, 1);
  expect(below(100)).toBe(1);
});

test('without an identity each request is drawn anew', () => {
  const choose = overrideChoice(planner, []);
  expect(new Set(Array.from({ length: 20 }, () => choose(anonymous).percentage)).size).toBe(20);
});

test('where the graph has no override everybody gets the same, and nothing is drawn', () => {
  const choose = overrideChoice(plain, ['new-label']);
  expect(choose(subject('a'))).toBe(choose(anonymous));
  expect(extremes(plain)).toHaveLength(1);
});

test('the extremes are every override off and every override on', () => {
  const [off, on] = extremes(planner);
  expect(['few', 'most', 'byLabel'].map((field) => isMoved(field, off!))).toEqual([false, false, false]);
  expect(['few', 'most', 'byLabel', 'all'].map((field) => isMoved(field, on!))).toEqual([true, true, true, true]);
});
