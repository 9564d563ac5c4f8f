import { availableParallelism } from 'node:os';
import { expect, test } from '@jest/globals';
import { readEnvironment, withFlags } from '../src/settings.js';

const enough = { LINLI_ISSUER: 'http://127.0.0.1:4180/realms/linli', LINLI_ASSERTION_KEY_FILE: 'key.json' };

test('what is not set has its default', () => {
  expect(readEnvironment({ ...enough, PORT: '' })).toEqual({
    ...enough,
    HOST: '127.0.0.1',
    PORT: 4000,
    LINLI_SUBGRAPH_URLS: {},
    LINLI_AUDIENCE: 'linli-gateway',
    LINLI_SUBGRAPH_TIMEOUT_MS: 5000,
    LINLI_SUBGRAPH_TIMEOUTS_MS: {},
    LINLI_REQUEST_TIMEOUT_MS: 30_000,
    LINLI_SHARE_IN_FLIGHT: true,
    LINLI_PERSISTED_OPERATIONS: 'allow',
    LINLI_PERSISTED_QUERIES: true,
    LINLI_COMPRESSION: true,
    LINLI_DRAIN_MS: 4000,
    LINLI_EMERGENCY_MINUTES: 240,
    LINLI_BULK_LIMITS: {},
    LINLI_STREAMS: 1000,
    LINLI_STREAM_OPERATIONS: 50,
    LINLI_STREAM_MESSAGE_BYTES: 1024 * 1024,
    LINLI_STREAM_BUFFER_BYTES: 1024 * 1024,
    LINLI_STREAM_INIT_MS: 3000,
    LINLI_STREAM_HEARTBEAT_MS: 12_000,
    LINLI_WORKERS: 1,
    LINLI_OVERRIDE_LABELS: [],
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
      LINLI_OPERATIONS: 'operations',
      LINLI_OVERRIDE_LABELS: 'housing-owns-rooms, , new-clinics',
      LINLI_POLICIES: 'policies',
      LINLI_EMERGENCY_MINUTES: '60',
      LINLI_BULK_LIMITS: '{"default":20,"family-doctor":500}',
    }),
  ).toMatchObject({
    PORT: 0,
    LINLI_SUBGRAPH_TIMEOUT_MS: 250,
    LINLI_SUBGRAPH_URLS: { health: 'http://127.0.0.1:4001/graphql' },
    LINLI_CORS_ORIGINS: ['https://a.example', 'https://b.example'],
    LINLI_OPERATIONS: 'operations',
    LINLI_OVERRIDE_LABELS: ['housing-owns-rooms', 'new-clinics'],
    LINLI_POLICIES: 'policies',
    LINLI_EMERGENCY_MINUTES: 60,
    LINLI_BULK_LIMITS: { default: 20, 'family-doctor': 500 },
  });
});

test.each([
  [{ PORT: 'http' }, /PORT must be a port, 0 to 65535/],
  [{ PORT: '70000' }, /PORT /],
  [{ LINLI_PERSISTED_OPERATIONS: 'some' }, /LINLI_PERSISTED_OPERATIONS must be off, allow or only/],
  [{ LINLI_PERSISTED_QUERIES: 'no' }, /LINLI_PERSISTED_QUERIES must be on or off/],
  [{ LINLI_COMPRESSION: 'gzip' }, /LINLI_COMPRESSION must be on or off/],
  [{ LINLI_DRAIN_MS: '0' }, /LINLI_DRAIN_MS /],
  [{ LINLI_STREAMS: '0' }, /LINLI_STREAMS /],
  [{ LINLI_STREAM_MESSAGE_BYTES: '1 MB' }, /LINLI_STREAM_MESSAGE_BYTES must be a number/],
  [{ LINLI_STREAM_HEARTBEAT_MS: 'often' }, /LINLI_STREAM_HEARTBEAT_MS must be a number of milliseconds/],
  [{ LINLI_WORKERS: '129' }, /LINLI_WORKERS must be a number of processes, 1 to 128, or auto/],
  [{ LINLI_ISSUER: undefined }, /LINLI_ISSUER is not set/],
  [{ LINLI_ISSUER: 'keycloak' }, /LINLI_ISSUER must be an http or https URL/],
  [{ LINLI_ASSERTION_KEY_FILE: '' }, /LINLI_ASSERTION_KEY_FILE is not set/],
  [{ LINLI_SUBGRAPH_URLS: 'http://a' }, /LINLI_SUBGRAPH_URLS must be a JSON object of department names and URLs/],
  [{ LINLI_SUBGRAPH_URLS: '{"health":"4001"}' }, /LINLI_SUBGRAPH_URLS must be an http or https URL/],
  [{ LINLI_SUBGRAPH_TIMEOUT_MS: '0' }, /LINLI_SUBGRAPH_TIMEOUT_MS /],
  [{ LINLI_SUBGRAPH_TIMEOUTS_MS: '250' }, /LINLI_SUBGRAPH_TIMEOUTS_MS /],
  [{ LINLI_SUBGRAPH_TIMEOUTS_MS: '{"health":"soon"}' }, /LINLI_SUBGRAPH_TIMEOUTS_MS must be a number of milliseconds/],
  [{ LINLI_REQUEST_TIMEOUT_MS: '-1' }, /LINLI_REQUEST_TIMEOUT_MS /],
  [{ LINLI_SHARE_IN_FLIGHT: 'maybe' }, /LINLI_SHARE_IN_FLIGHT must be on or off/],
  [{ LINLI_EMERGENCY_MINUTES: '0' }, /LINLI_EMERGENCY_MINUTES /],
  [{ LINLI_EMERGENCY_MINUTES: 'a day' }, /LINLI_EMERGENCY_MINUTES must be a number of minutes/],
  [{ LINLI_BULK_LIMITS: '50' }, /LINLI_BULK_LIMITS must be a JSON object of roles, or default, and numbers of rows/],
  [{ LINLI_BULK_LIMITS: '{"familydoctor":50}' }, /LINLI_BULK_LIMITS must be a JSON object of roles, or default, /],
  [{ LINLI_BULK_LIMITS: '{"default":"many"}' }, /LINLI_BULK_LIMITS must be a number/],
  [{ LINLI_BULK_LIMITS: '{"teacher":0}' }, /LINLI_BULK_LIMITS /],
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

test('the number of workers may be told by a flag, and be that of the processors', () => {
  expect(readEnvironment(withFlags({ ...enough, LINLI_WORKERS: '2' }, ['--workers', '3'])).LINLI_WORKERS).toBe(3);
  expect(readEnvironment(withFlags(enough, ['--workers=auto'])).LINLI_WORKERS).toBe(availableParallelism());
  expect(readEnvironment(withFlags({ ...enough, LINLI_WORKERS: '2' }, [])).LINLI_WORKERS).toBe(2);
});
