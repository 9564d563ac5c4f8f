import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { IssuerFault } from '../../src/authentication/issuer.js';
import { issuerKeys } from '../../src/authentication/keys.js';
import { tokenCache, tokenVerifier } from '../../src/authentication/verify.js';
import type { Refusal } from '../../src/errors.js';
import { Issuer } from '../support/issuer.js';

let issuer: Issuer;
let clock: number;
beforeEach(async () => {
  issuer = await Issuer.start();
  clock = Date.now();
});
afterEach(() => issuer.close());

function keysOf() {
  let changes = 0;
  const keys = issuerKeys(
    issuer.url,
    () => (changes += 1),
    () => clock,
  );
  return { keys, changes: () => changes };
}

function verifier() {
  const cache = tokenCache();
  const keys = issuerKeys(
    issuer.url,
    () => cache.clear(),
    () => clock,
  );
  const verify = tokenVerifier({ issuer: issuer.url, audience: 'linli-gateway', keys, cache, now: () => clock });
  return { verify, cache };
}

const refused = (promise: Promise<unknown>): Promise<Refusal> =>
  promise.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: unknown) => error as Refusal,
  );

test('keys are fetched once for many tokens', async () => {
  const { verify } = verifier();
  for (let i = 0; i < 10; i++) await verify(await issuer.token({ sub: `user-${i}` }));
  expect(issuer.requests).toEqual({ discovery: 1, keys: 1 });
});

test('requests that come together share one fetch', async () => {
  const { verify } = verifier();
  const token = await issuer.token();
  await Promise.all(Array.from({ length: 20 }, () => verify(token)));
  expect(issuer.requests).toEqual({ discovery: 1, keys: 1 });
});

test('a key that was rotated a moment ago works at once', async () => {
  const { verify } = verifier();
  await verify(await issuer.token());
  await issuer.rotate('second');
  expect(await verify(await issuer.token())).toMatchObject({ department: 'civil-affairs' });
  expect(issuer.requests.keys).toBe(2);
});

test('a rotation ends what the old key had vouched for', async () => {
  const { verify } = verifier();
  const old = await issuer.token();
  await verify(old);
  await issuer.rotate('second');
  await verify(await issuer.token());
  expect((await refused(verify(old))).errors[0]?.extensions).toMatchObject({ reason: 'unknown_key' });
});

test('a key that was taken back stops to count when the key set has aged', async () => {
  const { keys, changes } = keysOf();
  expect(await keys.find('first', 'RS256')).toBeDefined();
  await issuer.rotate('second');
  expect(await keys.find('first', 'RS256')).toBeDefined();
  clock += 11 * 60_000;
  expect(await keys.find('first', 'RS256')).toBeUndefined();
  expect(changes()).toBe(1);
});

test('a flood of unknown key ids costs the issuer a few fetches, and one more a second', async () => {
  const { keys } = keysOf();
  await keys.find('first', 'RS256');
  for (let i = 0; i < 200; i++) expect(await keys.find(`made-up-${i}`, 'RS256')).toBeUndefined();
  expect(issuer.requests.keys).toBe(6);
  clock += 1000;
  for (let i = 0; i < 200; i++) await keys.find(`made-up-again-${i}`, 'RS256');
  expect(issuer.requests.keys).toBe(7);
});

test('a key serves its own algorithm alone', async () => {
  const { keys } = keysOf();
  expect(await keys.find('first', 'PS256')).toBeUndefined();
  expect(await keys.find('first', 'ES256')).toBeUndefined();
});

test('a verified token is remembered until it ends, and no longer', async () => {
  const { verify, cache } = verifier();
  const token = await issuer.token();
  const subject = await verify(token);
  expect(await verify(token)).toBe(subject);
  expect(cache.size).toBe(1);
  expect(Object.isFrozen(subject) && Object.isFrozen(subject.roles)).toBe(true);
  clock += 306_000;
  expect((await refused(verify(token))).errors[0]?.extensions).toMatchObject({ reason: 'expired' });
});

test.each([
  ['cannot be reached', () => issuer.close()],
  ['answered with HTTP status 500', () => (issuer.answer = { status: 500, body: 'oops' })],
  ['did not answer with JSON', () => (issuer.answer = { status: 200, body: '<html>' })],
  ['key set cannot be read', () => (issuer.answer = { status: 200, body: '{"keys":"none"}' })],
])('an issuer that %s is no fault of the token: 503', async (problem, happen) => {
  const token = await issuer.token();
  await happen();
  const { status, message, errors, headers } = await refused(verifier().verify(token));
  expect(status).toBe(503);
  expect(message).toContain(problem);
  expect(message).not.toContain('127.0.0.1');
  expect(errors[0]?.extensions.code).toBe('IDENTITY_UNAVAILABLE');
  expect(headers['retry-after']).toBeDefined();
});

test('an issuer that is back is asked again, without a restart', async () => {
  const { keys } = keysOf();
  await issuer.close();
  await expect(keys.find('first', 'RS256')).rejects.toThrow(IssuerFault);
  await issuer.listen();
  clock += 1001;
  expect(await keys.find('first', 'RS256')).toBeDefined();
});

test('known keys outlast an outage of the issuer for an hour', async () => {
  const { keys } = keysOf();
  await keys.find('first', 'RS256');
  await issuer.close();
  clock += 59 * 60_000;
  expect(await keys.find('first', 'RS256')).toBeDefined();
  clock += 2 * 60_000;
  await expect(keys.find('first', 'RS256')).rejects.toThrow(IssuerFault);
});

test('an issuer that calls itself by another name is not believed', async () => {
  const keys = issuerKeys(issuer.url.replace('127.0.0.1', 'localhost'), () => undefined);
  await expect(keys.find('first', 'RS256')).rejects.toThrow('another name than LINLI_ISSUER');
});
