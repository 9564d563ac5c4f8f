import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GuardedHub } from './support/guarded-hub.js';
import { policies, startGuardedHub } from './support/guarded-hub.js';

let hub: GuardedHub;
beforeAll(async () => {
  hub = await startGuardedHub({ bulkLimits: { default: 3 } });
});
afterAll(() => hub.close());

const as = (role: string, more: object = {}) => ({
  claims: { realm_access: { roles: [role] }, jurisdiction: ['440303001001'], purposes: ['emergency'], ...more },
});
const resident = as('resident', { resident_id: 'r-self', jurisdiction: [] });
const codes = (answer: { errors?: { extensions: Record<string, unknown> }[] }) =>
  answer.errors?.map(({ extensions }) => extensions['code']);

describe('each row decides for itself', () => {
  test('own values are shown, those of the household masked, strangers are not there', async () => {
    const answer = await hub.ask('{ residents { id name phone livesAlone visits { note } } }', resident);
    expect(answer.data?.['residents']).toEqual([
      { id: 'r-self', name: '张例建', phone: '13812345678', livesAlone: true, visits: [{ note: 'note of r-self' }] },
      { id: 'r-spouse', name: '张**', phone: '138****5678', livesAlone: null, visits: [{ note: '****' }] },
      { id: 'r-child', name: '张**', phone: '138****5678', livesAlone: null, visits: [{ note: '****' }] },
    ]);
    expect(answer.extensions).toEqual({
      masked: ['residents.*.name', 'residents.*.phone', 'residents.*.visits.*.note'],
    });
    expect(answer.errors).toEqual([
      {
        message:
          'Resident.livesAlone is not shown to you here. Leave it out, or ask the security officer about the policies named.',
        path: ['residents', 1, 'livesAlone'],
        extensions: { code: 'FIELD_DENIED', coordinate: 'Resident.livesAlone', policies: ['default-deny'], count: 2 },
      },
    ]);
  });

  test('a row that is hidden answers as one that does not exist', async () => {
    const stranger = await hub.ask('{ resident(id: "r-stranger") { id name } }', resident);
    expect(stranger).toEqual({ data: { resident: null } });
    expect(await hub.ask('{ resident(id: "nobody") { id name } }', resident)).toEqual(stranger);
  });

  test('what is sealed is null without an error for who may not see it', async () => {
    expect(await hub.ask('{ resident(id: "r-spouse") { id report { text } } }', resident)).toEqual({
      data: { resident: { id: 'r-spouse', report: null } },
    });
    expect((await hub.ask('{ resident(id: "r-self") { report { text } } }', resident)).data).toEqual({
      resident: { report: { text: 'report of r-self' } },
    });
  });

  test('a rule about minors hides their rows, and nothing tells that there are any', async () => {
    const answer = await hub.ask('{ residents { id name } }', as('property-manager'));
    expect(answer.data?.['residents'].map(({ id }: { id: string }) => id)).toEqual(['r-self', 'r-spouse']);
    expect(answer.errors).toBeUndefined();
    expect(await hub.ask('{ resident(id: "r-child") { id } }', as('property-manager'))).toEqual({
      data: { resident: null },
    });
  });

  test('facts are fetched unasked, under names that the client cannot take', async () => {
    const query = '{ resident(id: "r-self") { handlers: name id: livesAlone place: phone minor: id } }';
    expect((await hub.ask(query, resident)).data).toEqual({
      resident: { handlers: '张例建', id: true, place: '13812345678', minor: 'r-self' },
    });
    expect(await hub.ask(query.replace('r-self', 'r-stranger'), resident)).toEqual({ data: { resident: null } });
  });
});

describe('declarations', () => {
  test('open what depends on them, and the denial says what to send', async () => {
    const worker = as('social-worker', { staff_id: 'worker-1', purposes: ['social-assistance'] });
    const query = '{ resident(id: "r-self") { name } }';
    const headers = { 'linli-purpose': 'social-assistance' };
    expect(await hub.ask(query, { ...worker, headers })).toEqual({ data: { resident: null } });
    const declared = { ...headers, 'linli-legal-basis': 'duty', 'linli-case-number': 'C-1' };
    expect(await hub.ask(query, { ...worker, headers: declared })).toEqual({ data: { resident: { name: '张例建' } } });
  });

  test('that were not granted are refused', async () => {
    const answer = await hub.ask('{ __typename }', { ...resident, headers: { 'linli-purpose': 'medical-care' } });
    expect(codes(answer)).toEqual(['PURPOSE_NOT_GRANTED']);
  });

  test('break-glass access shows more, says so, and is told once', async () => {
    const headers = {
      'linli-purpose': 'emergency',
      'linli-case-number': 'E-7',
      'linli-emergency-reason': encodeURIComponent('独居老人失联，需要立即入户查看'),
    };
    const query = '{ resident(id: "r-self") { name livesAlone } }';
    const plain = await hub.ask(query, as('grid-worker'));
    expect(plain.data?.['resident']).toEqual({ name: '张**', livesAlone: null });
    const answer = await hub.ask(query, { ...as('grid-worker'), headers });
    expect(answer.data?.['resident']).toEqual({ name: '张例建', livesAlone: true });
    expect(answer.extensions).toEqual({ emergency: { caseNumber: 'E-7', until: expect.any(String) as unknown } });
    await hub.ask(query, { ...as('grid-worker'), headers });
    expect(hub.logged.filter((line) => line.includes('break-glass'))).toHaveLength(1);
    expect(hub.logged.join()).not.toContain('独居老人');
  });
});

describe('arguments count', () => {
  test.each([
    ['a literal', '{ residents(livesAlone: true) { id } }', undefined],
    ['a variable', 'query($x: Boolean) { residents(livesAlone: $x) { id } }', { x: false }],
    ['a default', 'query($x: Boolean = true) { residents(livesAlone: $x) { id } }', undefined],
    ['an input object', '{ residents(by: { livesAlone: true }) { id } }', undefined],
    [
      'an input object deep in a variable',
      'query($x: Filter) { residents(by: $x) { id } }',
      { x: { all: [{ livesAlone: true }] } },
    ],
    ['a fragment', 'query { ...F } fragment F on Query { residents(livesAlone: true) { id } }', undefined],
  ])('a filter by what its asker may not read is refused, given as %s', async (_, query, variables) => {
    const asked = hub.department.subjects.length;
    const answer = await hub.ask(query, { ...as('grid-worker'), ...(variables && { variables }) });
    expect(codes(answer)).toEqual(['INPUT_DENIED']);
    expect(hub.department.subjects).toHaveLength(asked);
  });

  test('a filter that is not given, or null, is none', async () => {
    const query = 'query($x: Boolean) { residents(livesAlone: $x) { id } }';
    expect((await hub.ask(query, as('grid-worker'))).errors).toBeUndefined();
    expect((await hub.ask(query, { ...as('grid-worker'), variables: { x: null } })).errors).toBeUndefined();
  });

  test('a mutation is not run for who may not write, and neither is one that writes more than they may', async () => {
    const mutation = 'mutation { rename(id: "r-self", phone: "13900000000") { id } }';
    expect(codes(await hub.ask(mutation, as('grid-worker')))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(hub.written).toEqual([]);
    expect((await hub.ask(mutation, resident)).data).toEqual({ rename: { id: 'r-self' } });
    expect(hub.written).toEqual([{ id: 'r-self', phone: '13900000000' }]);
  });

  test('the department is told by which relations a mutation may write, and only where it is asked for one', async () => {
    await hub.ask('{ residents { id } }', as('grid-worker'));
    expect(hub.department.writes.at(-1)).toBeUndefined();
    await hub.ask('mutation { move(id: "r-self") { id } }', as('grid-worker'));
    expect(hub.department.writes.at(-1)).toEqual({
      move: ['assigned', 'community'],
      note: ['none'],
    });
    await hub.ask('mutation { rename(id: "r-self") { id } }', resident);
    expect(hub.department.writes.at(-1)).toMatchObject({ move: ['self'], rename: ['none'] });
  });
});

describe('errors tell nothing', () => {
  test('of a row that is hidden, nor what a department said of a field that depends on the row', async () => {
    const answer = await hub.ask('{ residents { broken } }', resident);
    expect(JSON.stringify(answer)).not.toMatch(/secret|r-stranger|r-spouse/);
    expect(answer.data?.['residents']).toHaveLength(3);
    for (const { path } of answer.errors!.filter(({ extensions }) => extensions['code'] === 'BROKEN')) {
      expect(path).toEqual(['residents']);
    }
  });
});

test('more rows of personal data than one answer may hold are refused, however they are asked for', async () => {
  const rows = '{ a: residents { name } }';
  expect((await hub.ask(rows, resident)).errors).toBeUndefined();
  const answer = await hub.ask('{ a: residents { name } b: residents { name } }', resident);
  expect(answer.data).toBeNull();
  expect(answer.errors).toMatchObject([{ extensions: { code: 'BULK_READ_REFUSED', rows: 6, maximum: 3 } }]);
});

describe('what roles can never read is not in their graph', () => {
  const introspection = '{ __type(name: "Resident") { fields { name } } }';

  test('introspection shows each what is theirs', async () => {
    const names = async (who: Parameters<GuardedHub['ask']>[1]) =>
      (await hub.ask(introspection, who)).data?.['__type']?.fields.map(({ name }: { name: string }) => name);
    expect(await names({})).toBeUndefined();
    expect(await names(as('property-manager'))).toEqual(['id', 'name', 'phone', 'visits']);
    expect(await names(resident)).toContain('report');
  });

  test('an operation that names it is answered as if it did not exist', async () => {
    const hidden = await hub.ask('{ residents { id } }', {});
    const missing = await hub.ask('{ residentz { id } }', {});
    expect(JSON.stringify(hidden).replaceAll('residents', 'X')).toBe(
      JSON.stringify(missing).replaceAll('residentz', 'X'),
    );
  });
});

describe('other policies', () => {
  test('take over at once, as a whole', async () => {
    await hub.rewrite(
      policies.replace(
        '"grid-worker", action == Linli::Action::"readMasked"',
        '"grid-worker", action == Linli::Action::"read"',
      ),
    );
    expect((await hub.gateway.reload()).outcome).toBe('swapped');
    expect((await hub.ask('{ resident(id: "r-self") { name } }', as('grid-worker'))).data).toEqual({
      resident: { name: '张例建' },
    });
    await hub.rewrite(policies);
    expect((await hub.gateway.reload()).outcome).toBe('swapped');
    expect((await hub.ask('{ resident(id: "r-self") { name } }', as('grid-worker'))).data).toEqual({
      resident: { name: '张**' },
    });
  });

  test.each([
    ['break off', 'permit (principal, action', /common\.cedar/],
    ['name a field that does not exist', policies.replaceAll('Mutation.rename', 'Mutation.renam'), /Mutation\.rename/],
    ['have no reason', policies.replace('@why("本人")', ''), /common\.self/],
  ])('are refused where they %s, and those before stay', async (_, text, reason) => {
    await hub.rewrite(text);
    const result = await hub.gateway.reload();
    expect(result.outcome).toBe('refused');
    expect((result as { reason: string }).reason).toMatch(reason);
    expect((await hub.ask('{ resident(id: "r-self") { name } }', as('grid-worker'))).data).toEqual({
      resident: { name: '张**' },
    });
    await hub.rewrite(policies);
    expect((await hub.gateway.reload()).outcome).toBe('unchanged');
  });
});
