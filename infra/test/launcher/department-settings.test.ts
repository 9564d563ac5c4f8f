import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { departments } from '@linli/schema/departments';
import type { DeclaredSetting } from '@linli/schema/declared-setting';
import { declaredSettings, readDepartmentSettings } from '../../src/launcher/department-settings.js';
import { repository } from '../../src/launcher/home.js';
import { readSettings } from '../../src/launcher/settings.js';

const declared = declaredSettings();
const none = Object.fromEntries(departments.map((name) => [name, []])) as unknown as typeof declared;
const all = departments.flatMap((department) => declared[department].map((setting) => ({ department, setting })));
const limit: DeclaredSetting = {
  name: 'LINLI_APPOINTMENTS',
  kind: 'number',
  least: 1,
  most: 9,
  default: 2,
  meaning: 'Appointments at once',
};

describe('settings that departments declare', () => {
  test('are those of education and of civil affairs', () => {
    expect(all.map(({ department, setting }) => `${department}: ${setting.name}`)).toEqual([
      'civil-affairs: LINLI_WORKING_DAYS',
      'education: LINLI_VENUE_BOOKINGS_PER_WEEK',
      'education: LINLI_VENUE_DAYS_AHEAD',
      'education: LINLI_VENUE_NO_SHOWS',
    ]);
  });

  test('are handed to the department that declares them, and to no other', () => {
    const calendar = join(repository, 'subgraphs/civil-affairs/working-days.json');
    const { departments: handed, gateway } = readSettings({
      LINLI_WORKING_DAYS: calendar,
      LINLI_VENUE_DAYS_AHEAD: '30',
      LINLI_VENUE_NO_SHOWS: '',
      LINLI_KIOSK_SECRET: 'secret',
      PGPASSWORD: 'secret',
    });
    expect(handed).toEqual({
      ...Object.fromEntries(departments.map((name) => [name, {}])),
      'civil-affairs': { LINLI_WORKING_DAYS: calendar },
      education: { LINLI_VENUE_DAYS_AHEAD: '30' },
    });
    expect(gateway).toEqual({});
  });

  test('need no change of the launcher where one is added', () => {
    const { settings, problems } = readDepartmentSettings(
      { ...none, health: [limit] },
      { LINLI_APPOINTMENTS: '3', LINLI_OTHER: 'x' },
      [],
    );
    expect([settings.health, settings.education, problems]).toEqual([{ LINLI_APPOINTMENTS: '3' }, {}, []]);
  });

  test('cannot name what is the hub’s, nor a variable of the machine', () => {
    const { problems } = readDepartmentSettings({ ...none, health: [limit] }, {}, ['LINLI_APPOINTMENTS']);
    expect(problems).toEqual(['LINLI_APPOINTMENTS cannot be a setting of health: it is one of the hub']);
    expect(all.every(({ setting }) => setting.name.startsWith('LINLI_'))).toBe(true);
  });

  test('have one owner each', () => {
    const names = all.map(({ setting }) => setting.name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(all)('$setting.name of $department is in docs/local.md, with its default and meaning', ({ setting }) => {
    const page = readFileSync(join(repository, 'docs/local.md'), 'utf8');
    const cells = page
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .find((line) => line[1] === `\`${setting.name}\``);
    expect(cells?.[3]).toContain(setting.meaning);
    if (setting.kind === 'number') {
      expect(cells?.[2]).toBe(String(setting.default));
      expect(cells?.[3]).toContain(`${setting.least} to ${setting.most}`);
    }
  });
});
