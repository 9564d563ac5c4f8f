import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signIn, verify } from '../../src/identity/contract/party.js';
import { IdentityError } from '../../src/identity/errors.js';
import { loadKeys } from '../../src/identity/keys.js';
import { start, temporaryFolder } from './support.js';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('a token of before a restart is verified by the keys published after it', async () => {
  const first = await start(folder.path);
  const port = Number(new URL(first.issuer).port);
  const { body } = await signIn(first, 'teacher');
  await first.close();

  const second = await start(folder.path, { port });
  await expect(verify(second, body['access_token'])).resolves.toMatchObject({ preferred_username: 'teacher' });
  await second.close();
});

test('an issuer of the same name with keys of its own is another issuer', async () => {
  const other = temporaryFolder();
  const one = await start(folder.path);
  const two = await start(other.path, { url: one.issuer });
  const { body } = await signIn(one, 'teacher');
  const ask = (at: string) =>
    fetch(`${at}/realms/linli/protocol/openid-connect/userinfo`, {
      headers: { authorization: `Bearer ${String(body['access_token'])}` },
    });
  expect((await ask(one.address)).status).toBe(200);
  expect((await ask(two.address)).status).toBe(401);
  await Promise.all([one.close(), two.close()]);
  other.remove();
});

test('the key file is for its owner alone', async () => {
  const directory = join(folder.path, 'made', 'on', 'the', 'way');
  await loadKeys(directory);
  expect(statSync(join(directory, 'keys.json')).mode & 0o777).toBe(0o600);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test('a damaged key file is an error without a word of its content, and is left as it was', async () => {
  const file = join(folder.path, 'keys.json');
  for (const damaged of ['{"signing":{"d":"very-private"', '{"signing":{"kty":"RSA","d":"very-private"}}']) {
    writeFileSync(file, damaged);
    const error = await loadKeys(folder.path).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(IdentityError);
    expect((error as IdentityError).code).toBe('IDENTITY_KEYS');
    expect(`${(error as Error).stack} ${JSON.stringify(error)}`).not.toContain('very-private');
    expect(readFileSync(file, 'utf8')).toBe(damaged);
  }
});

test('a start cut short while writing leaves no half file behind to trip over', async () => {
  writeFileSync(join(folder.path, 'keys.json.new'), '{"signi');
  await expect(loadKeys(folder.path)).resolves.toHaveProperty('signing.kid');
  expect(existsSync(join(folder.path, 'keys.json.new'))).toBe(false);
});
