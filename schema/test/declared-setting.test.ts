import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { problemOf, readDeclarations, type DeclaredSetting } from '../src/declared-setting.js';

const folder = mkdtempSync(join(tmpdir(), 'linli-settings-'));
const file = join(folder, 'settings.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const days: DeclaredSetting = { name: 'LINLI_DAYS', kind: 'number', least: 1, most: 10, default: 3, meaning: 'Days' };
const calendar: DeclaredSetting = { name: 'LINLI_CALENDAR', kind: 'file', meaning: 'A calendar' };

function read(entries: unknown): DeclaredSetting[] {
  writeFileSync(file, JSON.stringify(entries));
  return readDeclarations(file);
}

describe('declarations', () => {
  test('are read as they stand, and are none where there is no file', () => {
    expect(read([days, calendar])).toEqual([days, calendar]);
    expect(readDeclarations(join(folder, 'nothing.json'))).toEqual([]);
  });

  test.each([
    ['no text', 'LINLI_DAYS'],
    ['a variable of the machine', { ...days, name: 'DATABASE_URL' }],
    ['another kind', { ...days, kind: 'text' }],
    ['no meaning', { ...days, meaning: '' }],
    ['a default out of its limits', { ...days, default: 11 }],
    ['no limit', { name: 'LINLI_DAYS', kind: 'number', default: 1, meaning: 'Days' }],
    ['a key that means nothing', { ...calendar, default: 'x' }],
  ])('are refused with %s, by their number', (_, entry) => {
    expect(() => read([days, entry])).toThrow(/^Entry 1 of .*settings\.json does not declare a setting\.$/);
  });

  test('are refused where two have one name, or there is no list', () => {
    expect(() => read([days, days])).toThrow('declares LINLI_DAYS twice');
    expect(() => read({})).toThrow('must hold a list');
  });
});

describe('values', () => {
  test.each(['1', '3', '10'])('of a number may be %s', (value) => expect(problemOf(days, value)).toBeUndefined());
  test.each(['0', '11', '1.5', '3e0', 'x', ' 3', ''])('of a number may not be “%s”', (value) => {
    expect(problemOf(days, value)).toBe('must be a whole number from 1 to 10');
  });

  test('of a file are what can be read, which folders are not', () => {
    read([]);
    expect(problemOf(calendar, file)).toBeUndefined();
    for (const path of [folder, join(folder, 'nothing')])
      expect(problemOf(calendar, path)).toBe('must be the path of a file that can be read');
  });
});
