import { describe, expect, test } from '@jest/globals';
import { geography } from '@linli/schema/geography';
import { actingUnit } from '../src/appeals/jurisdiction.js';
import { servesCommunity, skipsLevel, unitByCode, unitOfPost, unitsFor } from '../src/appeals/units.js';

const community = '440303001001';

describe('units', () => {
  test('every community has its window, its street office, and the bureaus of its district and the city', () => {
    for (const { code } of geography.communities) {
      const units = unitsFor(code);
      expect(units.map(({ level }) => level).filter((level) => level === 'COMMUNITY')).toHaveLength(1);
      expect(units).toHaveLength(2 + 9 + 9);
      for (const unit of units) expect(unitByCode(unit.code)).toEqual(unit);
    }
  });

  test('districts without a code of their own have bureaus, too', () => {
    expect(unitByCode('dapeng-housing')).toEqual({
      code: 'dapeng-housing',
      name: '大鹏新区住房和建设局',
      level: 'DISTRICT',
    });
    expect(servesCommunity('dapeng-housing', '440307009001')).toBe(true);
    expect(servesCommunity('440307-housing', '440307009001')).toBe(false);
  });

  test.each(['', '-', '4403', '440303', 'housing', '440399-housing', '440303-', '440303-toString', '440303001999'])(
    'there is none of code %p',
    (code) => expect(unitByCode(code)).toBeNull(),
  );

  test('dispatch from a community to a district skips the street', () => {
    expect(skipsLevel(community, '440303-housing')).toBe(true);
    expect(skipsLevel(community, '440303001')).toBe(false);
    expect(skipsLevel('440303001', '440303-housing')).toBe(false);
  });
});

describe('for whom somebody acts', () => {
  test.each([
    [[community], undefined, community],
    [['440303001'], undefined, '440303001'],
    [['440303'], 'housing', '440303-housing'],
    [['440303'], undefined, '440303-civil-affairs'],
    [['4403', '4415'], 'health', '4403-health'],
    [['4403', '440303001'], 'health', '440303001'],
    [['440304'], 'housing', null],
    [[], 'housing', null],
  ])('with the places %j and department %s: %s', (jurisdiction, department, unit) => {
    expect(unitOfPost({ jurisdiction, department }, community)).toBe(unit);
  });

  test('who was named for a unit acts for it, wherever their place is', () => {
    const parties = [{ unit: '440303-housing', staff: ['s1'] }];
    expect(actingUnit({ staffId: 's1', jurisdiction: [community] }, community, parties)).toBe('440303-housing');
    expect(actingUnit({ staffId: 's2', jurisdiction: [community] }, community, parties)).toBe(community);
    expect(actingUnit({ jurisdiction: [] }, community, parties)).toBeNull();
  });
});
