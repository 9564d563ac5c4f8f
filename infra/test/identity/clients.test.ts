import { describe, expect, test } from '@jest/globals';
import {
  clientMetadata,
  clientOrigins,
  logoutPatterns,
  originAllowed,
  redirectAllowed,
} from '../../src/identity/clients.js';
import { readRealm } from '../../src/identity/realm.js';
import type { RealmClient } from '../../src/identity/realm.js';

const realm = readRealm();
const explorer = realm.clients.find((one) => one.clientId === 'linli-explorer') as RealmClient;

describe('redirectAllowed', () => {
  test.each([
    'http://localhost:4000/',
    'http://127.0.0.1:53211/deep/path?with=query',
    'http://127.0.0.1/',
    'http://localhost',
  ])('the explorer may come back to %s', (uri) => expect(redirectAllowed(explorer.redirectUris, uri)).toBe(true));

  test.each([
    'https://localhost/',
    'http://localhost.example.org/',
    'http://127.0.0.1.example.org/',
    'http://localhost@example.org/',
    'http://user:pass@localhost/',
    'http://example.org/http://localhost/',
    'http://127.0.0.2/',
    'javascript:alert(1)',
    '//localhost/',
    'not a uri',
  ])('but not to %s', (uri) => expect(redirectAllowed(explorer.redirectUris, uri)).toBe(false));

  test('a prefix cannot be left by steps upwards, plain or encoded', () => {
    const patterns = ['https://city.example/app/*'];
    expect(redirectAllowed(patterns, 'https://city.example/app/back')).toBe(true);
    for (const path of ['app/../other', 'app/%2e%2e/other', 'app/..%2fother', 'app\\..\\other', 'apples']) {
      expect(redirectAllowed(patterns, `https://city.example/${path}`)).toBe(false);
    }
  });

  test('a user part does not stand in for a host, however loose the pattern', () => {
    expect(redirectAllowed(['https://city.example*'], 'https://city.example/x')).toBe(true);
    expect(redirectAllowed(['https://city.example*'], 'https://city.example@elsewhere.example/')).toBe(false);
    expect(redirectAllowed(['https://city.example*'], 'https://city.example:x@elsewhere.example/')).toBe(false);
  });

  test('outside loopback addresses the port counts', () => {
    expect(redirectAllowed(['https://city.example/*'], 'https://city.example:8443/')).toBe(false);
  });
});

describe('origins', () => {
  test('+ stands for those of the redirect addresses', () => {
    expect(clientOrigins(explorer)).toContain('http://127.0.0.1:4000');
  });

  test('a loopback origin is free in its port, others are not', () => {
    expect(originAllowed(explorer, 'http://localhost:5173')).toBe(true);
    expect(originAllowed(explorer, 'https://example.org')).toBe(false);
    expect(originAllowed({ ...explorer, webOrigins: ['https://city.example'] }, 'https://city.example:8443')).toBe(
      false,
    );
    expect(originAllowed({ ...explorer, webOrigins: [] }, 'http://localhost:4000')).toBe(false);
  });
});

test('after logout the explorer goes where it may sign in from', () => {
  expect(logoutPatterns(explorer)).toEqual(explorer.redirectUris);
  expect(
    logoutPatterns({ ...explorer, attributes: { 'post.logout.redirect.uris': 'https://a/##https://b/*' } }),
  ).toEqual(['https://a/', 'https://b/*']);
});

describe('clientMetadata', () => {
  test('a confidential client without its secret is an error that names the variable', () => {
    expect(() => clientMetadata(realm, {})).toThrow(/LINLI_KIOSK_SECRET is not set/);
  });

  test('the gateway, which signs nobody in, is no client here', () => {
    const ids = clientMetadata(realm, { LINLI_KIOSK_SECRET: 'x' }).map((one) => one.client_id);
    expect(ids).toEqual(['linli-explorer', 'linli-cli', 'linli-kiosk']);
  });
});
