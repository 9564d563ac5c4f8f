import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign, compactVerify, importJWK } from 'jose';
import type { JWK } from 'jose';
import { departments } from '@linli/schema/departments';
import { homeAt } from '../../src/launcher/home.js';
import type { Home } from '../../src/launcher/home.js';
import { loadAssertionKeys, loadSecrets } from '../../src/launcher/secrets.js';

let home: Home;

beforeEach(() => {
  home = homeAt(mkdtempSync(join(tmpdir(), 'linli-secrets-')));
});

afterEach(() => rmSync(home.folder, { recursive: true, force: true }));

describe('secrets of a home', () => {
  test('are made once, all different, for their owner alone', () => {
    const secrets = loadSecrets(home);
    expect(loadSecrets(home)).toEqual(secrets);
    expect(statSync(home.secrets).mode & 0o777).toBe(0o600);
    const all = [secrets.databasePassword, secrets.kioskSecret, ...Object.values(secrets.departmentPasswords)];
    expect(new Set(all).size).toBe(departments.length + 2);
  });

  test('are closed again when somebody has opened their file', () => {
    loadSecrets(home);
    chmodSync(home.secrets, 0o644);
    loadSecrets(home);
    expect(statSync(home.secrets).mode & 0o777).toBe(0o600);
  });

  test.each(['', '{"databasePassword":', '{}'])('are never replaced: the file %j is refused', (text) => {
    writeFileSync(home.secrets, text);
    expect(() => loadSecrets(home)).toThrow(expect.objectContaining({ code: 'SECRETS_UNREADABLE' }));
    expect(readFileSync(home.secrets, 'utf8')).toBe(text);
  });
});

describe('the assertion key', () => {
  test('signs what its public set verifies, and that set holds no private part', async () => {
    const set = JSON.parse(await loadAssertionKeys(home)) as { keys: JWK[] };
    const jwk = JSON.parse(readFileSync(home.assertionKey, 'utf8')) as JWK;
    expect(statSync(home.assertionKey).mode & 0o777).toBe(0o600);
    expect(set.keys).toHaveLength(1);
    expect(set.keys[0]).not.toHaveProperty('d');
    expect(set.keys[0]?.kid).toBe(jwk.kid);
    const key = await importJWK(jwk, 'EdDSA');
    const jws = await new CompactSign(new TextEncoder().encode('hello')).setProtectedHeader({ alg: 'EdDSA' }).sign(key);
    const { payload } = await compactVerify(jws, await importJWK(set.keys[0]!, 'EdDSA'));
    expect(new TextDecoder().decode(payload)).toBe('hello');
  });

  test('stays the same', async () => {
    expect(await loadAssertionKeys(home)).toBe(await loadAssertionKeys(home));
  });
});
