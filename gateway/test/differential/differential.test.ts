import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, validate, type GraphQLSchema } from 'graphql';
import { apiSchema } from '../../src/supergraph/api-schema.js';
import { apollo, judge, linli, type Answer } from './contenders.js';
import { explains, readDifferences, type Difference } from './differences.js';
import { operations } from './operations.js';
import { universes } from './universes.js';
import { World } from './world.js';

/** Answers compared over all universes; each operation is asked with several sets of variables. */
const wanted = Number(process.env['LINLI_DIFFERENTIAL_RUNS'] ?? 20_000);
const seed = Number(process.env['LINLI_DIFFERENTIAL_SEED'] ?? 20221219);
/** Every so many answers, Apollo's gateway is asked too: its planner takes tens of milliseconds. */
const apolloEvery = 25;

const weights = universes.reduce((sum, { weight = 1 }) => sum + weight, 0);
const differences = readDifferences();
const lines: string[] = [];
let total = 0;

describe.each(universes.map((universe) => [universe.name, universe] as const))('%s', (_, universe) => {
  test('Linli answers random operations as one schema over the same data does', async () => {
    const world = new World(universe);
    const schema = apiSchema(parse(world.sdl));
    const [right, contender, reference] = [judge(world), linli(world), await apollo(world)];
    const goal = Math.ceil((wanted * (universe.weight ?? 1)) / weights);
    const count = { answers: 0, asked: 0, differing: 0 };
    const explained = new Map<Difference, number>();
    const compare = async (query: string, variables: Record<string, unknown>) => {
      const [expected, answer] = await Promise.all([right(query, variables), contender(query, variables)]);
      const difference = differs(expected, answer, universe.throws);
      const row = difference && differences.find((each) => explains(each, universe.name, query, answer));
      if (row) explained.set(row, (explained.get(row) ?? 0) + 1);
      else if (difference) throw new Error(`${difference}\n${query}\n${JSON.stringify(variables)}`);
      if (count.answers++ % apolloEvery || universe.labels || difference) return;
      count.asked++;
      const other = await reference(query, variables).catch(() => undefined);
      if (!other || differs(expected, other)) count.differing++;
    };
    for (const root of roots(schema)) {
      await fc.assert(
        fc.asyncProperty(operations(schema, root), async ({ query, assignments }) => {
          fc.pre(validate(schema, parse(query)).length === 0);
          for (const variables of assignments) await compare(query, variables);
        }),
        { numRuns: Math.ceil(goal / 3 / roots(schema).length), seed, maxSkipsPerRun: 1000, endOnFailure: true },
      );
    }
    await reference.stop();
    expect(count.answers).toBeGreaterThanOrEqual(goal);
    for (const row of differences.filter(({ world: name }) => name === universe.name)) {
      const part = (explained.get(row) ?? 0) / count.answers;
      expect({ row, part, fits: part > 0 && part <= row.share }).toMatchObject({ fits: true });
    }
    total += count.answers;
    lines.push(
      `${universe.name}: ${count.answers} answers, ${[...explained.values()].reduce((a, b) => a + b, 0)} explained; Apollo’s gateway differs in ${count.differing} of ${count.asked}`,
    );
  }, 600_000);
});

afterAll(() => {
  process.stdout.write(`Differential, seed ${seed}, ${total} answers\n${lines.map((line) => `  ${line}\n`).join('')}`);
});

function roots(schema: GraphQLSchema): ('query' | 'mutation')[] {
  return schema.getMutationType() ? ['query', 'mutation'] : ['query'];
}

/**
 * What two answers differ in; undefined where they say the same. Which errors a null that was carried up leaves is not
 * defined (GraphQL specification, 6.4.4), so paths are compared only where fields failed that may be null.
 */
function differs(expected: Answer, answer: Answer, withPaths = false): string | undefined {
  const [right, given] = [JSON.stringify(expected.data), JSON.stringify(answer.data)];
  if (right !== given)
    return `data\n  expected ${right}\n  received ${given}\n  errors ${JSON.stringify(answer.errors)}`;
  if (expected.errors.length > 0 !== answer.errors.length > 0) {
    return `errors\n  expected ${JSON.stringify(expected.errors)}\n  received ${JSON.stringify(answer.errors)}`;
  }
  const [rightPaths, givenPaths] = [paths(expected), paths(answer)];
  if (withPaths && rightPaths !== givenPaths) return `paths\n  expected ${rightPaths}\n  received ${givenPaths}`;
  return undefined;
}

function paths({ errors }: Answer): string {
  return [...new Set(errors.map(({ path }) => JSON.stringify(path)))].sort().join(' ');
}
