import { expect, test } from '@jest/globals';
import { memoryStore } from '../../src/identity/store.js';

function withClock() {
  let now = 1_700_000_000_000;
  const store = memoryStore(() => now);
  return { store, pass: (seconds: number) => (now += seconds * 1000) };
}

test('an entry is found until it expires, and by its uid too', async () => {
  const { store, pass } = withClock();
  const sessions = store('Session');
  await sessions.upsert('a', { uid: 'u' }, 10);
  expect(await sessions.findByUid('u')).toEqual({ uid: 'u' });
  pass(10);
  expect(await sessions.find('a')).toBeUndefined();
  expect(await sessions.findByUid('u')).toBeUndefined();
});

test('the same id in another kind is another entry', async () => {
  const { store } = withClock();
  await store('Session').upsert('a', { uid: 'u' }, 10);
  expect(await store('Grant').find('a')).toBeUndefined();
});

test('with a grant goes what was issued under it, and nothing else', async () => {
  const { store } = withClock();
  const [grants, tokens, codes] = [store('Grant'), store('RefreshToken'), store('AuthorizationCode')];
  await grants.upsert('g', {}, 10);
  await tokens.upsert('t', { grantId: 'g' }, 10);
  await codes.upsert('c', { grantId: 'g' }, 10);
  await tokens.upsert('other', { grantId: 'h' }, 10);
  await grants.destroy('g');
  expect(await tokens.find('t')).toBeUndefined();
  expect(await codes.find('c')).toBeUndefined();
  expect(await tokens.find('other')).toEqual({ grantId: 'h' });
});

test('a consumed entry stays, marked with when', async () => {
  const { store } = withClock();
  const codes = store('AuthorizationCode');
  await codes.upsert('c', { grantId: 'g' }, 10);
  await codes.consume('c');
  expect(await codes.find('c')).toEqual({ grantId: 'g', consumed: 1_700_000_000 });
});

test('a flood of entries does not grow without end: the oldest go', async () => {
  const { store } = withClock();
  const grants = store('Grant');
  for (let id = 0; id < 50_010; id += 1) await grants.upsert(String(id), {}, 1000);
  expect(await grants.find('9')).toBeUndefined();
  expect(await grants.find('10')).toEqual({});
  expect(await grants.find('50009')).toEqual({});
});
