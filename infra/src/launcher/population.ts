import { z } from 'zod';
import type { Home } from './home.js';
import { readJson, writeJson } from './json-file.js';
import type { Settings } from './settings.js';

/** The synthetic people of a hub: all its departments must be seeded with the same. */
export interface Population {
  readonly residents: number;
  readonly seed: number;
}

const defaults: Population = { residents: 20_000, seed: 20_221_219 };

const populationFile = z.object({ residents: z.int(), seed: z.int() }).optional();

/**
 * What to seed: the settings, else what this home was begun with, else the defaults. Remembered before the first
 * department starts, so that a start after an interrupted one gives the rest of them the same people. Where the settings
 * differ from what a department holds, the department refuses to start and says so.
 */
export function populationOf(home: Home, { residents, seed }: Settings): Population {
  const known = populationFile.catch(undefined).parse(readJson(home.population));
  const population = {
    residents: residents ?? known?.residents ?? defaults.residents,
    seed: seed ?? known?.seed ?? defaults.seed,
  };
  if (!known) writeJson(home.population, population);
  return population;
}
