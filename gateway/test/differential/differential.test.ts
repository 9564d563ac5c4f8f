import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GraphQLSchema, isEnumType, lexicographicSortSchema, parse, printSchema, validate } from 'graphql';
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
    const world = new World(universe, seed);
    const [contender, reference] = [linli(world), await apollo(world)];
    const { schema } = reference;
    const said = (each: GraphQLSchema) => (universe.classified ? withoutPromises : sortedText)(each);
    expect(said(contender.schema)).toBe(said(schema));
    const right = judge(world, schema);
    // What clients may say is the same in both, unless one promises more.
    const judges = universe.classified ? [schema, contender.schema] : [schema];
    const goal = Math.ceil((wanted * (universe.weight ?? 1)) / weights);
    const count = { answers: 0, asked: 0, differing: 0 };
    const explained = new Map<Difference, number>();
    const compare = async (query: string, variables: Record<string, unknown>) => {
      const [expected, answer] = await Promise.all([right(query, variables), contender(query, variables)]);
      const difference = differs(expected, answer);
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
          const document = parse(query);
          fc.pre(judges.every((each) => validate(each, document).length === 0));
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

/** A schema in one order, without enums that no field and no argument has. */
function sortedText(schema: GraphQLSchema): string {
  const { types, ...config } = schema.toConfig();
  const kept = types.filter((type) => !isEnumType(type));
  return printSchema(lexicographicSortSchema(new GraphQLSchema({ ...config, types: kept })));
}

/** The same without a word on what may be null. */
function withoutPromises(schema: GraphQLSchema): string {
  return sortedText(schema).replaceAll('!', '');
}

function roots(schema: GraphQLSchema): ('query' | 'mutation')[] {
  return schema.getMutationType() ? ['query', 'mutation'] : ['query'];
}

/** What two answers differ in; undefined where they say the same. */
function differs(expected: Answer, answer: Answer): string | undefined {
  const [right, given] = [JSON.stringify(expected.data), JSON.stringify(answer.data)];
  if (right !== given)
    return `data\n  expected ${right}\n  received ${given}\n  errors ${JSON.stringify(answer.errors)}`;
  const [rightPlaces, givenPlaces] = [places(expected), places(answer)];
  if (rightPlaces === givenPlaces) return undefined;
  return `errors\n  expected ${JSON.stringify(expected.errors)}\n  received ${JSON.stringify(answer.errors)}`;
}

/**
 * The nulls that errors left. Which errors a null leaves that was carried up is not defined (GraphQL specification,
 * 6.4.4), so that of an error's path no more counts than what leads to the null.
 */
function places({ data, errors }: Answer): string {
  const place = (path: readonly (string | number)[] = []) => {
    let value = data;
    const end = path.findIndex((key) => {
      const isNull = value === null;
      value = (value as Record<string | number, unknown> | null | undefined)?.[key];
      return isNull;
    });
    return JSON.stringify(end < 0 ? path : path.slice(0, end));
  };
  return [...new Set(errors.map(({ path }) => place(path)))].sort().join(' ');
}
