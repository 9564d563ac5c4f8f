import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';
import { faults } from '../support/subgraph.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ maxSubgraphResponseBytes: 1024 * 1024 });
});
afterEach(() => {
  hub.health.fault = undefined;
  hub.civilAffairs.fault = undefined;
});
afterAll(() => hub.close());

const acrossBoth = '{ communities { code clinics { name } } clinics { name } }';
const complete = {
  communities: [
    { code: '440303001001', clinics: [{ name: '社康 440303001001' }] },
    { code: '440303001002', clinics: [{ name: '社康 440303001002' }] },
  ],
  clinics: [{ name: '桂园社康' }],
};
const withoutHealth = {
  communities: [
    { code: '440303001001', clinics: null },
    { code: '440303001002', clinics: null },
  ],
  clinics: null,
};

const unavailable = ['SUBGRAPH_UNAVAILABLE', /卫健 \(health\) cannot be reached/] as const;
const brokenOff = ['SUBGRAPH_UNAVAILABLE', /卫健 \(health\) broke off its answer/] as const;
const timeout = ['SUBGRAPH_TIMEOUT', /卫健 \(health\) did not answer in 500 ms/] as const;
const bad = (problem: string) => ['SUBGRAPH_BAD_RESPONSE', new RegExp(`卫健 \\(health\\) ${problem}`)] as const;

describe.each([
  ['hang', timeout],
  ['dripping', timeout],
  ['reset', unavailable],
  ['cutOff', brokenOff],
  ['error500', bad('answered with HTTP status 500')],
  ['html', bad('did not answer with JSON')],
  ['truncated', bad('did not answer with valid JSON')],
  ['huge', bad('answered with more than 1048576 bytes')],
  ['notHttp', bad('did not answer in HTTP')],
  ['notGraphQL', bad('did not answer with a GraphQL response')],
] as const)('a department with the fault "%s"', (fault, [code, message]) => {
  test('leaves null and a clear error, the other data whole, and is back without a restart', async () => {
    hub.health.fault = faults[fault];
    const { status, body } = await hub.query(acrossBoth);
    expect(status).toBe(200);
    expect(body.data).toEqual(withoutHealth);
    expect(body.errors?.map(({ path }) => path)).toEqual(
      expect.arrayContaining([['clinics'], ['communities', 0, 'clinics']]),
    );
    for (const error of body.errors ?? []) {
      expect(error.extensions).toMatchObject({ code, service: 'health' });
      expect(error.message).toMatch(message);
    }
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN|UND_ERR|stack/);

    hub.health.fault = undefined;
    expect((await hub.query(acrossBoth)).body).toEqual({ data: complete });
  });
});

test('a department that is stopped and started again is back without a restart', async () => {
  expect((await hub.query(acrossBoth)).body.data).toEqual(complete);
  await hub.health.close();
  const { body } = await hub.query(acrossBoth);
  expect(body.data).toEqual(withoutHealth);
  expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', service: 'health' });
  await hub.health.listen();
  expect((await hub.query(acrossBoth)).body).toEqual({ data: complete });
});

test('entities that do not match what was asked for are not merged', async () => {
  hub.health.fault = faults.wrongEntities;
  const { body } = await hub.query('{ communities { code clinics { name } } }');
  expect(body.data?.['communities']).toEqual(withoutHealth.communities);
  expect(body.errors?.[0]).toMatchObject({
    path: ['communities', 0, 'clinics'],
    extensions: { code: 'SUBGRAPH_BAD_RESPONSE', service: 'health', entities: 2 },
  });
});

test('a fault where nothing may be null leaves no data, and the reason', async () => {
  hub.civilAffairs.fault = faults.reset;
  const { status, body } = await hub.query('{ communities { code } clinics { name } }');
  expect(status).toBe(200);
  expect(body.data).toBeNull();
  expect(body.errors?.[0]).toMatchObject({ path: ['communities'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
});

test("a department's own refusal keeps its message, path and code, and loses what tells of its inside", async () => {
  const { body } = await hub.query('{ refused(code: 1) communities { code } }');
  expect(body.data).toMatchObject({ refused: null });
  expect(body.errors).toEqual([
    {
      message: 'No such community.',
      path: ['refused'],
      extensions: { code: 'COMMUNITY_NOT_FOUND', hint: 'ask for a known code', service: 'civil-affairs' },
    },
  ]);
});

describe('a request that a department refuses as a whole', () => {
  const refuse = (message: string) => {
    const errors = [{ message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }];
    hub.health.fault = (_, response) =>
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ errors }));
  };

  test('for a value is told to the client, who chose it', async () => {
    refuse('CommunityCode cannot represent "12": send a 12-digit code.');
    const { body } = await hub.query('{ clinics { name } communities { code } }');
    expect(body.data).toMatchObject({ clinics: null, communities: complete.communities.map(({ code }) => ({ code })) });
    expect(body.errors).toEqual([
      {
        message: 'CommunityCode cannot represent "12": send a 12-digit code.',
        path: ['clinics'],
        extensions: { code: 'BAD_USER_INPUT', service: 'health' },
      },
    ]);
  });

  test('for a field it does not have is its own fault', async () => {
    refuse('Cannot query field "clinics" on type "Query".');
    const { body } = await hub.query('{ clinics { name } }');
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringMatching(/卫健 \(health\) does not serve what the supergraph says/) as unknown,
      extensions: { code: 'SUBGRAPH_BAD_RESPONSE' },
    });
  });
});

test("a department's unexpected error is known by its place to the log, and not shown to the client", async () => {
  const { body } = await hub.query('{ broken }');
  expect(body.errors).toEqual([
    {
      message: expect.stringMatching(/^The department 民政 \(civil-affairs\) had an error of its own/) as unknown,
      path: ['broken'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'civil-affairs' },
    },
  ]);
  expect(hub.logged).toContainEqual(expect.objectContaining({ department: 'civil-affairs', path: ['broken'] }));
});

test('a client that leaves takes its fetches along', async () => {
  const before = hub.health.aborted;
  const logged = hub.logged.length;
  const seen = new Promise<void>((resolve) => (hub.health.fault = () => resolve()));
  const client = new AbortController();
  const left = fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ clinics { name } }' }),
    signal: client.signal,
  });
  await seen;
  const gone = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (hub.health.aborted === before) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });
  client.abort();
  await expect(left).rejects.toThrow('aborted');
  await gone;
  hub.health.fault = undefined;
  await hub.query(acrossBoth);
  expect(hub.logged).toHaveLength(logged);
});
