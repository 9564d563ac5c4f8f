import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { schemaFile } from '@linli/schema/files';
import { plan } from '@linli/schema/plan';
import { buildSchema, OperationTypeNode, parse, type OperationDefinitionNode } from 'graphql';
import { rows, sections, type Example } from '../support/systems-page.js';
import { linli, testHub } from '../support/test-hub.js';

type Values = Record<string, unknown>;
interface Answer {
  readonly data?: Values | null;
  readonly errors?: unknown;
}

const declarations = ['purpose', 'legal-basis', 'case-number'];
const attempts = 80;
const tokens = new Map<string, Promise<string>>();

function tokenOf(user: string): Promise<string> {
  if (!tokens.has(user))
    tokens.set(
      user,
      linli(['token', user]).then((printed) => printed.trim()),
    );
  return tokens.get(user)!;
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an answer says anything: a list that counts somebody, or a leaf with a value. */
function tells(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(tells);
  if (!isObject(value)) return value !== null && value !== '';
  if ('totalCount' in value) return Number(value['totalCount']) > 0;
  return Object.entries(value).some(([field, inner]) => !['__typename', 'userErrors'].includes(field) && tells(inner));
}

/** Leaves of an answer by their field's name; of several the first. */
function leaves(value: unknown, found: Values = {}): Values {
  if (Array.isArray(value)) for (const inner of value.toReversed()) leaves(inner, found);
  else if (isObject(value))
    for (const [field, inner] of Object.entries(value)) {
      if (inner !== null && typeof inner !== 'object') found[field] = inner;
      else leaves(inner, found);
    }
  return found;
}

/** What a person does once for all: a hub where it is done already refuses it as a duplicate. */
function isDone(refused: readonly unknown[], { said }: Example): boolean {
  return (
    'once' in said && refused.length > 0 && refused.every((error) => isObject(error) && error['code'] === 'DUPLICATE')
  );
}

/** Everything that the mutations of an answer would have the user put right. */
function refusals(data: Values): unknown[] {
  return Object.values(data).flatMap(
    (payload) => (isObject(payload) ? (payload['userErrors'] ?? []) : []) as unknown[],
  );
}

function dateInShenzhen(daysFromNow: number): string {
  return new Date(Date.now() + (8 + 24 * daysFromNow) * 3_600_000).toISOString().slice(0, 10);
}

/** The first Tuesday after today. */
function nextTuesday(): string {
  const daysAhead = [1, 2, 3, 4, 5, 6, 7];
  return daysAhead.map(dateInShenzhen).find((date) => new Date(date).getUTCDay() === 2)!;
}

async function send({ text, said }: Example, variables: Values): Promise<Answer> {
  const declared = declarations
    .filter((name) => said[name])
    .map((name) => [`linli-${name}`, encodeURIComponent(said[name]!)] as const);
  const response = await fetch(`${testHub.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(said['as'] && { authorization: `Bearer ${await tokenOf(said['as'])}` }),
      ...Object.fromEntries(declared),
    },
    body: JSON.stringify({ query: text, variables }),
  });
  return (await response.json()) as Answer;
}

/** Runs an operation with what the section's answers gave so far. What is told by events, a query waits for. */
async function run(example: Example, known: Values): Promise<Values> {
  const operation = parse(example.text).definitions[0] as OperationDefinitionNode;
  const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  const variables = Object.fromEntries(names.map((name) => [name, known[name]]));
  let answer = await send(example, variables);
  for (
    let i = 0;
    i < attempts && operation.operation === OperationTypeNode.QUERY && !Object.values(answer.data ?? {}).every(tells);
    i++
  ) {
    if (answer.errors) break;
    await sleep(250);
    answer = await send(example, variables);
  }
  expect({ ...answer, example: example.text }).toEqual({ data: expect.any(Object), example: example.text });
  const data = answer.data!;
  const refused = refusals(data);
  if (isDone(refused, example)) return {};
  expect({ refused, example: example.text }).toEqual({ refused: [], example: example.text });
  expect(Object.entries(data).filter(([, value]) => !tells(value))).toEqual([]);
  return leaves(data);
}

/** Has a platform's stand-in send the hub an event. */
async function sendAsPlatform({ text, said }: Example, known: Values): Promise<void> {
  const hub = JSON.parse(readFileSync(join(testHub.home, 'run/hub.json'), 'utf8')) as {
    services: Record<'platforms', { url: string }>;
  };
  const response = await fetch(`${hub.services.platforms.url}/${said['sent by']}/send`, {
    method: 'POST',
    body: text.replaceAll('$now', String(known['now'])),
  });
  expect(response.status).toBe(202);
}

test('every row of the table has its section, in the same order, and the other way round', () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(sections.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
});

test.each(sections)('$name has something to run', ({ examples }) => {
  expect(examples.filter(({ language }) => language === 'graphql').length).toBeGreaterThan(0);
});

test.each(rows)('the table names types of the graph for $name', ({ types }) => {
  const graph = buildSchema(readFileSync(schemaFile('api.graphql'), 'utf8'), { assumeValidSDL: true });
  const missing = types.filter((name) => {
    const [type = '', field] = name.split('.');
    const found = graph.getType(type);
    return !found || (field !== undefined && !('getFields' in found && field in found.getFields()));
  });
  expect(missing).toEqual([]);
});

test.each(rows)('the table names places in the plan for $name', ({ plan: places }) => {
  const known = new Set([
    ...plan.tasks.flatMap(({ no, sectionRef }) => [`任务${no}`, sectionRef]),
    ...plan.indicators.map(({ no }) => `指标${no}`),
  ]);
  expect(places.filter((place) => !known.has(place))).toEqual([]);
});

test('every system that the plan’s tasks and indicators name has a row', () => {
  const told = [...plan.tasks.map(({ title }) => title), ...plan.indicators.map(({ name }) => name)].join('\n');
  const named = [...told.matchAll(/智慧社区平台|社区服务块数据库|深圳智慧养老/g)].map(([name]) => name);
  expect(new Set(named)).toEqual(new Set(named.filter((name) => rows.some((row) => row.name === name))));
  expect(named.length).toBeGreaterThan(0);
});

describe('the page tells the truth about', () => {
  test.each(sections)(
    '$name',
    async ({ examples }) => {
      const known: Values = {
        run: randomUUID(),
        mark: randomUUID(),
        now: new Date().toISOString(),
        today: dateInShenzhen(0),
        tomorrow: dateInShenzhen(1),
        tuesday: nextTuesday(),
      };
      for (const example of examples) {
        if (example.language === 'json') await sendAsPlatform(example, known);
        else Object.assign(known, await run(example, known));
      }
    },
    180_000,
  );
});
