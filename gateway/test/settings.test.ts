import { expect, test } from '@jest/globals';
import { readEnvironment } from '../src/settings.js';

const enough = { LINLI_ISSUER: 'http://127.0.0.1:4180/realms/linli', LINLI_ASSERTION_KEY_FILE: 'key.json' };

test('what is not set has its default', () => {
  expect(readEnvironment({ ...enough, PORT: '' })).toEqual({
    ...enough,
    HOST: '127.0.0.1',
    PORT: 4000,
    LINLI_SUBGRAPH_URLS: {},
    LINLI_AUDIENCE: 'linli-gateway',
    LINLI_SUBGRAPH_TIMEOUT_MS: 5000,
    LINLI_CORS_ORIGINS: [],
  });
});

test('texts become numbers, lists and URLs by department', () => {
  expect(
    readEnvironment({
      ...enough,
      PORT: '0',
      LINLI_SUBGRAPH_TIMEOUT_MS: '250',
      LINLI_SUBGRAPH_URLS: '{"health":"http://127.0.0.1:4001/graphql"}',
      LINLI_CORS_ORIGINS: 'https://a.example, https://b.example',
    }),
  ).toMatchObject({
    PORT: 0,
    LINLI_SUBGRAPH_TIMEOUT_MS: 250,
    LINLI_SUBGRAPH_URLS: { health: 'http://127.0.0.1:4001/graphql' },
    LINLI_CORS_ORIGINS: ['https://a.example', 'https://b.example'],
  });
});

test.each([
  [{ PORT: 'http' }, /PORT must be a port, 0 to 65535/],
  [{ PORT: '70000' }, /PORT /],
  [{ LINLI_ISSUER: undefined }, /LINLI_ISSUER is not set/],
  [{ LINLI_ISSUER: 'keycloak' }, /LINLI_ISSUER must be an http or https URL/],
  [{ LINLI_ASSERTION_KEY_FILE: '' }, /LINLI_ASSERTION_KEY_FILE is not set/],
  [{ LINLI_SUBGRAPH_URLS: 'http://a' }, /LINLI_SUBGRAPH_URLS must be a JSON object of department names and URLs/],
  [{ LINLI_SUBGRAPH_URLS: '{"health":"4001"}' }, /LINLI_SUBGRAPH_URLS must be an http or https URL/],
  [{ LINLI_SUBGRAPH_TIMEOUT_MS: '0' }, /LINLI_SUBGRAPH_TIMEOUT_MS /],
  [{ LINLI_CORS_ORIGINS: 'city.example' }, /LINLI_CORS_ORIGINS /],
])('%j is refused in one line that names it', (bad, message) => {
  let text = '';
  try {
    readEnvironment({ ...enough, ...bad });
  } catch (error) {
    text = String(error);
  }
  expect(text).toMatch(message);
  expect(text).not.toContain('\n');
});

test('every bad setting is named, and no value is', () => {
  expect(() => readEnvironment({ PORT: 'hunter2' })).toThrow(
    /^Bad setting: PORT must be a port, 0 to 65535; LINLI_ISSUER is not set; LINLI_ASSERTION_KEY_FILE is not set\. /,
  );
});
