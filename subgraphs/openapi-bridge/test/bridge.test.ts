import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Level } from '@linli/kit/service/log';
import { testGateway, type Answer, type TestCaller, type TestGateway } from '@linli/kit/testing/test-gateway';
import { startBridge } from '../src/bridge.js';
import { project, RestSystem } from './support/rest-system.js';

const one = '440303001001';
const two = '440305002003';
const secret = 'stack trace of the platform, with 13800138000';

let system: RestSystem;
let gateway: TestGateway;
let bridge: Awaited<ReturnType<typeof startBridge>>;
let logged: string[] = [];
const log = (level: Level, msg: string, fields = {}) => void logged.push(JSON.stringify({ level, msg, ...fields }));

async function query(text: string, variables: object = {}, as: TestCaller = {}): Promise<Answer> {
  return gateway.post(bridge.url, { query: text, variables }, await gateway.sign(as));
}

const entities = (fields: string, ...representations: object[]) =>
  [`query ($r: [_Any!]!) { _entities(representations: $r) { ${fields} } }`, { r: representations }] as const;
const communities = (...codes: string[]) => codes.map((code) => ({ __typename: 'Community', code }));
const platformOf = '... on Community { code propertyPlatform { name serviceGrade } }';

beforeAll(async () => {
  system = await new RestSystem().start();
  gateway = await testGateway('smart-property', ['PropertyPlatformProject']);
  const settings = { HOST: '127.0.0.1', PORT: 0, LINLI_ASSERTION_JWKS: gateway.keys };
  const own = { LINLI_PLATFORM: 'smart-property', LINLI_REST_URL: system.url, LINLI_REST_TIMEOUT_MS: 2500 } as const;
  bridge = await startBridge({ ...settings, ...own }, log);
});

beforeEach(() => {
  system.asked.length = 0;
  logged = [];
  system.reply = (path) => {
    const code = /projects\/(\d+)/.exec(path)?.[1];
    if (code === undefined) return { body: [project(one), project(two)] };
    if (![one, two].includes(code)) return { status: 404, body: { error: secret } };
    if (!path.endsWith('/repairs')) return { body: project(code) };
    const repair = { repairId: 'r1', kind: 'LIFT', state: 'ASSIGNED', reportedAt: '2025-06-02T08:00:00Z' };
    return { body: [repair] };
  };
});

afterAll(async () => {
  await bridge.close();
  await system.stop();
});

describe('the graph over a REST system', () => {
  test('a root field asks the operation with the arguments that were given', async () => {
    const { data, errors } = await query(
      '{ propertyPlatformProjects(place: "4403", limit: 2) { projectId lifts { total outOfService } satisfaction updatedAt } }',
    );
    expect(errors).toBeUndefined();
    expect(data.propertyPlatformProjects).toEqual([
      {
        projectId: `sp-${one}`,
        lifts: { total: 6, outOfService: 1 },
        satisfaction: 81,
        updatedAt: '2025-06-30T00:00:00Z',
      },
      expect.objectContaining({ projectId: `sp-${two}` }),
    ]);
    expect(system.asked).toEqual(['/base/api/projects?place=4403&limit=2']);
  });

  test('another department’s entity gets its field, and what is not registered is null', async () => {
    const { data, errors } = await query(...entities(platformOf, ...communities(one, '440306009999', two)));
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([
      { code: one, propertyPlatform: { name: '示例花园', serviceGrade: 'B' } },
      { code: '440306009999', propertyPlatform: null },
      { code: two, propertyPlatform: { name: '示例花园', serviceGrade: 'B' } },
    ]);
  });

  test('an own entity is looked up by its key, and leads on to other operations and entities', async () => {
    const keys = [one, '440306009999'].map((communityCode) => ({
      __typename: 'PropertyPlatformProject',
      communityCode,
    }));
    const fields =
      '... on PropertyPlatformProject { projectId community { code } repairs { repairId kind state reportedAt } }';
    const { data, errors } = await query(...entities(fields, ...keys));
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([
      {
        projectId: `sp-${one}`,
        community: { code: one },
        repairs: [{ repairId: 'r1', kind: 'LIFT', state: 'ASSIGNED', reportedAt: '2025-06-02T08:00:00Z' }],
      },
      null,
    ]);
  });

  test('nothing is asked twice for one request', async () => {
    const { data } = await query(...entities(platformOf, ...communities(one, one, one)));
    expect(data._entities).toHaveLength(3);
    expect(system.asked).toEqual([`/base/api/projects/${one}`]);
  });

  test('what its own contract says can be read from it', async () => {
    const { data } = await query('{ _service { sdl } }');
    expect(data._service.sdl).toContain('type PropertyPlatformProject');
    expect(data._service.sdl).toContain('@key(fields: "communityCode")');
    expect(data._service.sdl).toContain('@scoped(community: "communityCode")');
  });
});

describe('arguments', () => {
  test.each([
    ['limit: 101', /argument limit is wrong/, 'BAD_USER_INPUT'],
    ['limit: 0', /argument limit is wrong/, 'BAD_USER_INPUT'],
    ['place: "44/../x"', /PlaceCode cannot represent/, 'GRAPHQL_VALIDATION_FAILED'],
  ])('%s is refused, and the system is not asked', async (argument, message, code) => {
    const { errors } = await query(`{ propertyPlatformProjects(${argument}) { name } }`);
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(message) })]);
    expect(errors![0]!.extensions?.code).toBe(code);
    expect(system.asked).toEqual([]);
  });

  test.each(['../projects', '440303001001/repairs', '440303001001?x=1', '{env.HOME}'])(
    'a key %j goes nowhere else',
    async (code) => {
      const { data, errors } = await query(...entities(platformOf, ...communities(code)));
      expect(data?._entities?.[0]?.propertyPlatform ?? null).toBeNull();
      expect(errors).toBeDefined();
      expect(system.asked).toEqual([]);
    },
  );
});

describe('rows', () => {
  const as = (jurisdiction: string[], relations: ('community' | 'street' | 'district')[]): TestCaller => ({
    subject: { jurisdiction },
    scope: { PropertyPlatformProject: relations },
  });

  test('are those that the caller is related to as the gateway states', async () => {
    const list = '{ propertyPlatformProjects { communityCode } }';
    const seen = async (caller: TestCaller) =>
      (await query(list, {}, caller)).data.propertyPlatformProjects.map(
        (each: { communityCode: string }) => each.communityCode,
      );
    expect(await seen({})).toEqual([one, two]);
    expect(await seen(as(['440303'], ['district']))).toEqual([one]);
    expect(await seen(as([one], ['district']))).toEqual([]);
    expect(await seen({ scope: {} })).toEqual([]);
  });

  test('out of sight are null where they are looked up', async () => {
    const caller = as(['440303'], ['district']);
    const { data } = await query(...entities(platformOf, ...communities(one, two)), caller);
    expect(data._entities.map((each: { propertyPlatform: unknown }) => each.propertyPlatform !== null)).toEqual([
      true,
      false,
    ]);
    const key = { __typename: 'PropertyPlatformProject', communityCode: two };
    const own = await query(...entities('... on PropertyPlatformProject { name }', key), caller);
    expect(own.data._entities).toEqual([null]);
  });
});

describe('a system that fails', () => {
  const unavailable = {
    message: '智慧物业 (smart-property) does not answer at the moment.',
    extensions: { code: 'PLATFORM_UNAVAILABLE', platform: 'smart-property' },
  };
  const otherwise = {
    message: '智慧物业 (smart-property) answered otherwise than its description says.',
    extensions: { code: 'PLATFORM_BAD_ANSWER', platform: 'smart-property' },
  };

  test.each([
    ['answers 500', { status: 500, body: { error: secret } }, unavailable],
    ['answers 503 in HTML', { status: 503, body: `<pre>${secret}</pre>` }, unavailable],
    ['wants to be left alone', { status: 429, body: secret }, unavailable],
    ['says nothing', { silent: true }, unavailable],
    ['refuses', { status: 400, body: { error: secret } }, otherwise],
    ['sends elsewhere', { status: 302, body: secret, headers: { location: '/base/api/else' } }, unavailable],
    ['answers no JSON', { body: secret }, otherwise],
    ['answers too much', { body: [secret, 'x'.repeat(5_000_000)] }, otherwise],
  ])('and %s', async (_, reply, error) => {
    system.reply = (path) => (path.includes(one) ? reply : { body: project(two) });
    const { status, data, errors } = await query(...entities(platformOf, ...communities(one, two)));
    expect(status).toBe(200);
    expect(data._entities).toEqual([
      { code: one, propertyPlatform: null },
      { code: two, propertyPlatform: expect.anything() },
    ]);
    expect(errors).toEqual([expect.objectContaining({ ...error, path: ['_entities', 0, 'propertyPlatform'] })]);
    expect(system.asked).not.toContain('/base/api/else');
    expect(JSON.stringify(errors) + logged.join()).not.toMatch(/stack trace|13800138000/);
    expect(logged).toHaveLength(1);
  });

  test('is told by one error where a field has another type than described, without its value', async () => {
    system.reply = () => ({ body: project(one, { satisfaction: secret, serviceGrade: secret, updatedAt: secret }) });
    const fields = '... on Community { propertyPlatform { name } }';
    expect((await query(...entities(fields, ...communities(one)))).errors).toBeUndefined();
    for (const field of ['satisfaction', 'serviceGrade', 'updatedAt']) {
      const of = `... on Community { propertyPlatform { ${field} } }`;
      const { data, errors } = await query(...entities(of, ...communities(one)));
      expect(data._entities).toEqual([{ propertyPlatform: null }]);
      expect(errors).toHaveLength(1);
      expect(JSON.stringify(errors) + logged.join()).not.toMatch(/stack trace|13800138000/);
    }
  });

  test('is asked again by the next request', async () => {
    system.reply = () => ({ status: 503, body: {} });
    expect((await query(...entities(platformOf, ...communities(one)))).errors).toHaveLength(1);
    system.reply = () => ({ body: project(one) });
    expect((await query(...entities(platformOf, ...communities(one)))).errors).toBeUndefined();
  });
});

describe('callers', () => {
  test('without an assertion, or with one for somebody else, are refused', async () => {
    const body = { query: '{ propertyPlatformProjects { name } }' };
    for (const assertion of [undefined, 'nonsense', await (await testGateway('health', [])).sign()]) {
      const { status, errors } = await gateway.post(bridge.url, body, assertion);
      expect([status, errors?.[0]?.extensions?.code]).toEqual([401, 'UNAUTHENTICATED']);
    }
    const other = await gateway.sign({}, { claims: { aud: 'health' } });
    expect((await gateway.post(bridge.url, body, other)).status).toBe(401);
    expect(system.asked).toEqual([]);
  });

  test('find out that it is up', async () => {
    expect((await fetch(bridge.url.replace('/graphql', '/health'))).status).toBe(200);
  });
});
