import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { listen, webSocketClient } from '../subscription/support/clients.js';
import type { Attacker, City } from './support/city.js';
import { here, policies } from './support/contracts.js';
import { attackers, startCity } from './support/city.js';
import { secrets } from './support/secrets.js';

let city: City;
beforeEach(async () => {
  city = await startCity({ emergencyMinutes: 0.02 });
});
afterEach(async () => {
  expect(await city.leaked()).toEqual([]);
  await city.close();
});

const query = '{ resident(id: "r-1") { id phone } }';
const shown = { resident: { id: 'r-1', phone: '139****0001' } };
const tokenWith = (claims: JWTPayload) => city.issuer.token({ ...attackers['grid-worker'], ...claims });

describe('what was decided for one token', () => {
  test('does not count for the next one of the same person, who lost a role, a place or a purpose', async () => {
    const before = await city.ask(query, { as: 'grid-worker', token: await tokenWith({}) });
    expect(before.body.data).toEqual(shown);
    const roleless = await city.ask(query, {
      as: 'grid-worker',
      token: await tokenWith({ realm_access: { roles: [] } }),
    });
    expect(roleless.status).toBe(400);
    const moved = await city.ask(query, { as: 'grid-worker', token: await tokenWith({ jurisdiction: ['440306'] }) });
    expect(moved.body.data).toEqual({ resident: null });
    const purposeless = await city.ask(query, { as: 'grid-worker', token: await tokenWith({ purposes: [] }) });
    expect(purposeless.status).toBe(403);
    const after = await city.ask(query, { as: 'grid-worker', token: await tokenWith({}) });
    expect(after.body.data).toEqual(shown);
  });

  test('does not count for what is declared differently', async () => {
    const declared = await city.ask(query, { as: 'grid-worker' });
    const undeclared = await city.ask(query, { as: 'grid-worker', headers: { 'linli-purpose': '' } });
    expect([declared.body.data, undeclared.body.data]).toEqual([shown, { resident: null }]);
  });

  test('does not count for others whose same question is under way, by subject or by purpose', async () => {
    const asks = Array.from({ length: 30 }, (_, i) => {
      const as = (['grid-worker', 'stranger', 'social-worker'] as const)[i % 3]!;
      return city.ask(query, { as, headers: i % 2 ? { 'linli-purpose': '' } : {} }).then(({ body }) => ({
        data: body.data,
        sees: as === 'grid-worker' && i % 2 === 0,
      }));
    });
    for (const { data, sees } of await Promise.all(asks)) expect(data).toEqual(sees ? shown : { resident: null });
  });

  test('is told to the department for each asker by themselves', async () => {
    await Promise.all([
      city.ask(query, { as: 'grid-worker' }),
      city.ask(query, { as: 'stranger' }),
      city.ask(query, { as: 'grid-worker' }),
    ]);
    expect(new Set(city.civil.subjects.map(({ id }) => id))).toEqual(new Set(['grid-worker', 'stranger']));
  });
});

const declared = {
  'linli-purpose': 'emergency',
  'linli-case-number': 'case-1',
  'linli-emergency-reason': encodeURIComponent('老人独自在家，久不应门，邻居报警'),
};

describe('break-glass access', () => {
  const emergency = '{ residents { id livesAlone } }';

  test.each([
    ['a reason', 'linli-emergency-reason'],
    ['a case number', 'linli-case-number'],
  ])('is not opened without %s', async (_, missing) => {
    const { body } = await city.ask(emergency, { as: 'police', headers: { ...declared, [missing]: '' } });
    expect(body.data).toEqual({ residents: [] });
    expect(body.extensions?.emergency).toBeUndefined();
  });

  test('is refused where the reason says nothing, or the purpose was not granted', async () => {
    const short = await city.ask(emergency, {
      as: 'police',
      headers: { ...declared, 'linli-emergency-reason': 'help' },
    });
    expect(short.body.errors![0]!.extensions['code']).toBe('BAD_DECLARATION');
    const other = await city.ask(emergency, { as: 'grid-worker', headers: declared });
    expect(other.body.errors![0]!.extensions['code']).toBe('PURPOSE_NOT_GRANTED');
  });

  test('opens what is sealed to nobody, is marked, and ends', async () => {
    const { body } = await city.ask(emergency, { as: 'police', headers: declared });
    expect(body.data!['residents']).toEqual([
      { id: 'r-1', livesAlone: true },
      { id: 'r-3', livesAlone: null },
    ]);
    expect(body.extensions!.emergency).toMatchObject({ caseNumber: 'case-1' });
    let code: unknown;
    while (code === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const later = await city.ask(emergency, { as: 'police', headers: declared });
      code = later.body.errors?.[0]?.extensions['code'];
    }
    expect(code).toBe('EMERGENCY_OVER');
  });

  test('tells its reason to no log', async () => {
    await city.ask(emergency, { as: 'police', headers: declared });
    expect(city.heard.join('\n')).toContain('break-glass access begins');
    expect(city.heard.join('\n')).not.toContain('久不应门');
  });
});

describe('a stream of events', () => {
  const visits = 'subscription { visits { at } }';
  const clientOf = async (as: Attacker, more: Record<string, string> = {}) =>
    webSocketClient(city.url, {
      connectionParams: {
        authorization: `Bearer ${await city.tokenOf(as)}`,
        'linli-purpose': 'service-handling',
        ...more,
      },
    });
  const untilListening = async () => {
    while (city.visits.listeners === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const visit = (by: string, at: string = secrets.internal) => ({ at, of: 'r-1', by, place: here });

  test('is not there for a role that can read nothing of it', async () => {
    const client = await clientOf('teacher');
    const heard = listen(client, visits);
    const end = await heard.end;
    expect(end).not.toBe('complete');
    city.heard.push(JSON.stringify([end, heard.responses]));
    await client.dispose();
  });

  test('hides every event of a row that is none of the listener’s', async () => {
    const client = await clientOf('social-worker', { 'linli-legal-basis': 'law' });
    const heard = listen(client, visits);
    await untilListening();
    city.visits.publish(visit('somebody-else'));
    while (heard.responses.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard.responses[0]!.data ?? { visits: null }).toEqual({ visits: null });
    city.heard.push(JSON.stringify(heard.responses));
    heard.leave();
    await client.dispose();
  });

  test('ends when the emergency that opened it ends', async () => {
    const client = await clientOf('police', declared);
    const heard = listen(client, visits);
    await untilListening();
    const codeOf = () => heard.responses.flatMap(({ errors }) => errors?.[0]?.extensions['code'] ?? []).at(-1);
    city.visits.publish(visit('nobody', 'seen'));
    while (heard.responses.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard.responses[0]).toMatchObject({ data: { visits: { at: 'seen' } } });
    const over = async () => {
      const { body } = await city.ask('{ today }', { as: 'police', headers: declared });
      return body.errors?.[0]?.extensions['code'] === 'EMERGENCY_OVER';
    };
    while (!(await over())) await new Promise((resolve) => setTimeout(resolve, 100));
    city.visits.publish(visit('nobody'));
    const end = await heard.end;
    city.heard.push(JSON.stringify([end, heard.responses]));
    expect(JSON.stringify([codeOf(), end])).toContain('EMERGENCY_OVER');
    await client.dispose();
  });

  test.each([
    ['are stricter', policies.replaceAll('Linli::Role::"community-police"', 'Linli::Role::"auditor"')],
    ['cannot be told apart from those before but by their text', `${policies}// reworded`],
  ])('ends before its next event where the policies that came since %s', async (_, text) => {
    const client = await clientOf('police', declared);
    const heard = listen(client, visits);
    await untilListening();
    city.visits.publish(visit('nobody', 'seen'));
    while (heard.responses.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await city.decideBy(text);
    city.visits.publish(visit('nobody'));
    expect(await heard.end).toBe('complete');
    expect(heard.responses.slice(1)).toEqual([
      { data: null, errors: [expect.objectContaining({ extensions: { code: 'POLICIES_CHANGED' } })] },
    ]);
    city.heard.push(JSON.stringify(heard.responses));
    await client.dispose();
  });
});
