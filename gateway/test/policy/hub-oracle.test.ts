import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { departments } from '@linli/schema/departments';
import { roles } from '@linli/schema/roles';
import type { GraphQLSchema } from 'graphql';
import { getNamedType, isObjectType } from 'graphql';
import { pickOne, seeded, type Random } from '../support/random.js';
import { drawAsker, type Crowd } from './oracle/askers.js';
import { compareAnswers, expectWithheld, withheld } from './oracle/compare.js';
import { openHub, type Hub } from './oracle/hub-city.js';
import { Judge } from './oracle/judge.js';
import { drawOperation } from './oracle/operations.js';
import type { Protections } from './oracle/protection.js';

/** LINLI_ORACLE_SEED repeats a run, LINLI_ORACLE_ASKERS sets another number of askers. */
const seed = Number(process.env['LINLI_ORACLE_SEED'] ?? Date.now() % 1_000_000);
const askers = Number(process.env['LINLI_ORACLE_ASKERS'] ?? 12);
const operationsOfAsker = 6;
const truthsOfOperation = 2;
/** Of the fields that an asker does not know, so many are asked about. */
const withheldAsked = 30;

/** People as the realm has them: mostly with one role, some with a second, and residents may be anything besides. */
const crowd: Crowd = {
  roles: (random) => {
    const held = new Set([
      pickOne(
        random,
        roles.filter((role) => role !== 'open-data'),
      ),
    ]);
    if (random() < 0.3) held.add('resident');
    if (random() < 0.2)
      held.add(
        pickOne(
          random,
          roles.filter((role) => role !== 'open-data'),
        ),
      );
    return [...held].sort();
  },
  departments,
  purpose: (held) => held.map((role) => usual[role]).find((purpose) => purpose !== undefined) ?? 'service-handling',
};
const usual: Readonly<Record<string, string>> = {
  resident: 'own-affairs',
  guardian: 'own-affairs',
  'family-doctor': 'medical-care',
  'community-police': 'law-enforcement',
  'street-supervisor': 'statistics',
  'department-data-officer': 'statistics',
};

let hub: Hub;
beforeAll(async () => {
  hub = await openHub();
});
afterAll(() => hub.city.close());

test(`the hub's own policies over its own graph are what Cedar says, ${askers} askers, seed ${seed}`, async () => {
  const { city, rows, protections, policies } = hub;
  const random = seeded(seed);
  const judge = new Judge(policies, protections, true);
  const { schema } = city.gateway.current.graph;
  const towards = aboutPeople(schema, protections);
  const seen = { shown: 0, withheld: 0 };
  for (let i = 0; i < askers; i++) {
    const asker = drawAsker(random, i, crowd);
    const visible = await city.schemaFor(asker);
    expectWithheld(random, judge, asker, some(random, withheld(schema, visible), withheldAsked));
    for (let k = 0; k < operationsOfAsker; k++) {
      const operation = drawOperation(random, visible, { deepest: 6, towards });
      for (let n = 0; n < truthsOfOperation; n++) {
        city.truth = rows.draw(random);
        const { data, masked, denied } = await compareAnswers(city, judge, asker, operation);
        seen.shown += JSON.stringify(data).length;
        seen.withheld += masked.length + denied.length;
      }
    }
  }
  // What was compared was something, whoever was drawn.
  expect(seen.shown).toBeGreaterThan(0);
  expect(seen.withheld).toBeGreaterThan(0);
}, 300_000);

/** Types whose rows are somebody's, and those that lead there by a step or two: their connections and edges. */
function aboutPeople(schema: GraphQLSchema, { factsOf }: Protections): ReadonlySet<string> {
  const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
  const found = new Set(objects.filter(({ name }) => factsOf(name)?.subject.length).map(({ name }) => name));
  for (let step = 0; step < 2; step++) {
    for (const type of objects.filter(({ name }) => /(Edge|Connection)$/.test(name))) {
      const leads = Object.values(type.getFields()).some((field) => found.has(getNamedType(field.type).name));
      if (leads) found.add(type.name);
    }
  }
  return found;
}

function some<T>(random: Random, items: readonly T[], most: number): readonly T[] {
  return items.length <= most ? items : Array.from({ length: most }, () => pickOne(random, items));
}
