import { describe, expect, test } from '@jest/globals';
import { StartError } from '../../src/errors.js';
import { pickOne, seeded, type Random } from '../support/random.js';
import { drawAsker, type Asker } from './oracle/askers.js';
import { City } from './oracle/city.js';
import { drawContracts, type Contracts } from './oracle/contracts.js';
import { compareAnswers, expectWithheld, withheld } from './oracle/compare.js';
import type { Said } from './oracle/expected.js';
import { Judge } from './oracle/judge.js';
import { readProtections } from './oracle/protection.js';
import { drawOperation } from './oracle/operations.js';
import { drawTruth } from './oracle/rows.js';
import { drawRules } from './oracle/rules.js';

/** Rows at the roots of answers, each for a subject, a declaration and an operation. LINLI_ORACLE_DRAWS sets another number. */
const draws = Number(process.env['LINLI_ORACLE_DRAWS'] ?? 50_000);
/** LINLI_ORACLE_SEED repeats a run. */
const seed = Number(process.env['LINLI_ORACLE_SEED'] ?? Date.now() % 1_000_000);
/** With LINLI_ORACLE_TRANSCRIPT=off Cedar is asked anew each time, even what it has answered word for word before. */
const transcript = process.env['LINLI_ORACLE_TRANSCRIPT'] !== 'off';
const cities = 20;
const askersOfCity = 6;
const operationsOfAsker = 4;

describe('the gateway shows what the policies say, one field of one row at a time', () => {
  test(`in ${draws} draws, seed ${seed}`, async () => {
    expect.hasAssertions();
    const random = seeded(seed);
    let drawn = 0;
    while (drawn < draws) drawn += await compareCity(random, Math.ceil(draws / cities));
  }, 900_000);
});

async function compareCity(random: Random, wanted: number): Promise<number> {
  const contracts = drawContracts(random);
  const protections = readProtections(contracts);
  const hidden = /^Standing|\.(handlers|young|places|worker|keepers|standing)$/;
  const named = protections.coordinates.filter((coordinate) => !hidden.test(coordinate));
  const { city, policies } = await openCity(contracts, () => drawRules(random, named));
  const judge = new Judge(policies, protections, transcript);
  try {
    const schema = city.gateway.current.graph.schema;
    const questions: [Asker, string][] = [];
    for (let i = 0; i < askersOfCity; i++) {
      const asker = drawAsker(random, i);
      const visible = await city.schemaFor(asker);
      expectWithheld(random, judge, asker, withheld(schema, visible));
      // Who may ask nothing at all is asked nothing.
      if (Object.keys(visible.getQueryType()!.getFields()).length === 0) continue;
      for (let k = 0; k < operationsOfAsker; k++) questions.push([asker, drawOperation(random, visible)]);
    }
    let drawn = 0;
    while (drawn < wanted && questions.length > 0) {
      city.truth = drawTruth(random);
      const [asker, operation] = pickOne(random, questions);
      const should = await compareAnswers(city, judge, asker, operation);
      drawn += rowsAtRoot(should);
    }
    return drawn;
  } finally {
    await city.close();
  }
}

/** A city with policies that Cedar's validator takes: some that are drawn can never apply. */
async function openCity(contracts: Contracts, draw: () => string): Promise<{ city: City; policies: string }> {
  for (;;) {
    const policies = draw();
    try {
      return { city: await City.open(contracts, policies), policies };
    } catch (error) {
      if (!(error instanceof StartError && error.message.includes('is impossible'))) throw error;
    }
  }
}

/** How many rows an answer has where an operation begins. */
function rowsAtRoot({ data }: Said): number {
  return Object.values((data ?? {}) as Record<string, unknown>).reduce<number>(
    (sum, value) => sum + (Array.isArray(value) ? value.length : 1),
    0,
  );
}
