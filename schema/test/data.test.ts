import { describe, expect, test } from '@jest/globals';
import { geography } from '../src/geography.js';
import { plan } from '../src/plan.js';

describe('divisions', () => {
  const { districts, streets, communities } = geography;

  test('there are 822 communities, 78 streets and 11 districts', () => {
    expect([communities.length, streets.length, districts.length]).toEqual([822, 78, 11]);
  });

  test('codes are unique and in order, and every community lies in a listed street', () => {
    const codes = communities.map((community) => community.code);
    expect(codes).toEqual([...new Set(codes)].sort());
    const known = new Set(streets.map((street) => street.code));
    expect(codes.filter((code) => !known.has(code.slice(0, 9)))).toEqual([]);
  });

  test('no virtual community and no function-area street is left', () => {
    expect(communities.filter(({ code }) => code.endsWith('498'))).toEqual([]);
    expect(streets.filter(({ code }) => code[6] === '4')).toEqual([]);
  });

  test("the districts' prefixes cover each community exactly once", () => {
    for (const { code } of communities) {
      const covering = districts.filter(({ prefixes }) => prefixes.some((prefix) => code.startsWith(prefix)));
      expect(covering).toHaveLength(1);
      expect(streets.find((street) => street.code === code.slice(0, 9))?.districtId).toBe(covering[0]!.id);
    }
  });

  test('the two functional areas have no code of their own', () => {
    expect(districts.filter(({ code }) => code === null).map(({ name }) => name)).toEqual([
      '大鹏新区',
      '深汕特别合作区',
    ]);
  });

  test('several committees may share one community name', () => {
    expect(communities.filter(({ name, code }) => name === '杨美社区' && code.startsWith('440307013'))).toHaveLength(3);
  });
});

describe('the plan', () => {
  test('indicators, quantities, facts and tasks are complete and numbered', () => {
    expect(plan.indicators.map(({ no }) => no)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
    expect(plan.tasks.map(({ no }) => no)).toEqual(Array.from({ length: 39 }, (_, i) => i + 1));
    expect(plan.quantities).toHaveLength(29);
    expect(plan.facts).toHaveLength(29);
  });

  test('each number says where in the plan it stands', () => {
    for (const { source } of [...plan.indicators, ...plan.quantities, ...plan.facts]) {
      expect(source).toMatch(/^(专栏\d-\d+|第[一二三四五六七]章)/);
    }
  });

  test("only the first indicator is binding, and no number of communities is the plan's", () => {
    expect(plan.indicators.filter(({ binding }) => binding).map(({ no }) => no)).toEqual([1]);
    expect([...plan.quantities, ...plan.facts].map(({ value }) => value)).not.toContain(822);
  });
});
