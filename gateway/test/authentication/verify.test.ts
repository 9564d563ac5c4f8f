import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BadToken } from '../support/malformed.js';
import { badTokens } from '../support/bad-tokens.js';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';

let hub: TestHub;
let bad: Record<string, BadToken>;
beforeAll(async () => {
  hub = await startTestHub();
  bad = await badTokens(hub.issuer);
});
afterAll(() => hub.close());

const anyQuery = '{ communities { code } }';

describe('a good token', () => {
  test('becomes the subject that departments are told', async () => {
    const token = await hub.issuer.token({ resident_id: 'demo-resident', jurisdiction: ['440303001', '4403'] });
    const { status, body } = await hub.query('{ residents { name record } }', { token });
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    expect(hub.health.subjects.at(-1)).toEqual({
      id: hub.issuer.claims().sub,
      roles: ['offline_access', 'social-worker'],
      department: 'civil-affairs',
      jurisdiction: ['4403', '440303001'],
      residentId: 'demo-resident',
      client: 'linli-explorer',
      purposes: ['social-assistance'],
      scopes: [],
    });
  });

  test('may be seconds past its end, as clocks differ', async () => {
    const now = Math.floor(Date.now() / 1000);
    const { status } = await hub.query(anyQuery, { token: await hub.issuer.token({ exp: now - 2, nbf: now + 2 }) });
    expect(status).toBe(200);
  });

  test.each(['PS256', 'ES256', 'EdDSA'] as const)('may be signed with %s', async (alg) => {
    await hub.issuer.addKey(`key-${alg}`, alg);
    const { status } = await hub.query(anyQuery, { token: await hub.issuer.token({}, { kid: `key-${alg}`, alg }) });
    expect(status).toBe(200);
  });

  test('may name its one purpose and place without a list', async () => {
    const token = await hub.issuer.token({ purposes: 'emergency', jurisdiction: '440303' });
    await hub.query(anyQuery, { token });
    expect(hub.civilAffairs.subjects.at(-1)).toMatchObject({ purposes: ['emergency'], jurisdiction: ['440303'] });
  });

  test('is never sent on to a department', () => {
    expect(hub.civilAffairs.headers.length).toBeGreaterThan(0);
    expect(hub.civilAffairs.headers.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  });
});

describe('a bad token', () => {
  test('is of some kind', () => expect(Object.keys(bad).length).toBeGreaterThan(25));

  test('of every kind is refused with 401 and its reason, before anything is fetched', async () => {
    const fetched = hub.civilAffairs.headers.length;
    const answers: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const [kind, { token, reason }] of Object.entries(bad)) {
      const { status, headers, body } = await hub.query(anyQuery, { token });
      const [error] = body.errors ?? [];
      answers[kind] = [
        status,
        error?.extensions,
        body.data,
        /^Bearer error="invalid_token", error_description="[^"]+"$/.test(headers.get('www-authenticate') ?? ''),
      ];
      expected[kind] = [401, { code: 'UNAUTHENTICATED', reason }, undefined, true];
    }
    expect(answers).toEqual(expected);
    expect(hub.civilAffairs.headers).toHaveLength(fetched);
  });

  test('is named neither in an answer nor in the log', async () => {
    const { token } = bad['expired'] as BadToken;
    const answer = await hub.query(anyQuery, { token });
    const parts = token.split('.').filter((part) => part.length > 20);
    expect(parts).toHaveLength(3);
    for (const part of parts) {
      expect(JSON.stringify([answer.body, ...answer.headers])).not.toContain(part);
      expect(JSON.stringify(hub.logged)).not.toContain(part);
    }
  });
});

test('no token at all is the anonymous subject', async () => {
  const { status } = await hub.query(anyQuery);
  expect(status).toBe(200);
  expect(hub.civilAffairs.subjects.at(-1)).toEqual({
    id: 'anonymous',
    roles: ['open-data'],
    jurisdiction: [],
    purposes: [],
    scopes: [],
  });
});
