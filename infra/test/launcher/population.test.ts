import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { homeAt, type Home } from '../../src/launcher/home.js';
import { populationOf } from '../../src/launcher/population.js';
import { readSettings } from '../../src/launcher/settings.js';

let folder: string;
let home: Home;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'population-'));
  home = homeAt(folder);
});

afterEach(() => rmSync(folder, { recursive: true }));

const asked = (env: Record<string, string>) => populationOf(home, readSettings(env));

test('a new home has the default population, and the same when it is started again', () => {
  expect(asked({})).toEqual({ residents: 20_000, seed: 20_221_219 });
  expect(asked({})).toEqual({ residents: 20_000, seed: 20_221_219 });
});

test('a home begun with a size of its own goes on with it when the setting is gone', () => {
  expect(asked({ LINLI_RESIDENTS: '300', LINLI_SEED: '7' })).toEqual({ residents: 300, seed: 7 });
  expect(asked({})).toEqual({ residents: 300, seed: 7 });
});

test('another size asked for later is passed on, for the departments to refuse, and not remembered', () => {
  asked({ LINLI_RESIDENTS: '300' });
  expect(asked({ LINLI_RESIDENTS: '400' }).residents).toBe(400);
  expect(asked({}).residents).toBe(300);
});
