import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { signIn, verify } from '../../src/identity/contract/party.js';
import { readRealm } from '../../src/identity/realm.js';
import { kioskSecret, temporaryFolder } from './support.js';

const main = fileURLToPath(new URL('../../dist/identity/main.js', import.meta.url));

interface Service {
  child: ChildProcess;
  /** What it has written to stderr so far, one parsed log entry a line. */
  log: () => { level: string; service: string; msg: string; code?: string }[];
  text: () => string;
}

let folder: ReturnType<typeof temporaryFolder>;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  folder.remove();
});

function launch(environment: NodeJS.ProcessEnv = {}): Service {
  const env = {
    PATH: process.env['PATH'],
    PORT: '0',
    LINLI_IDENTITY_DIR: folder.path,
    LINLI_KIOSK_SECRET: kioskSecret,
  };
  const child = fork(main, {
    env: { ...env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  children.push(child);
  let written = '';
  child.stderr?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const lines = () => written.split('\n').filter(Boolean);
  return {
    child,
    text: () => written,
    log: () => lines().map((line) => JSON.parse(line) as ReturnType<Service['log']>[0]),
  };
}

/** Waits for the service, and returns its issuer URL. */
async function ready(service: Service): Promise<string> {
  const [message] = (await once(service.child, 'message')) as [{ type: string; url: string }];
  expect(message.type).toBe('ready');
  expect((await fetch(`${message.url}/health`)).status).toBe(200);
  return `${message.url}/realms/linli`;
}

async function exitCode(service: Service): Promise<unknown> {
  return ((await once(service.child, 'close')) as unknown[])[0];
}

test('says when it is ready, serves, and stops on SIGTERM with exit code 0', async () => {
  const service = launch();
  const issuer = await ready(service);
  const party = { issuer, realm: readRealm(), kioskSecret };
  const { body } = await signIn(party, 'teacher');
  await expect(verify(party, body['access_token'])).resolves.toMatchObject({ iss: issuer });
  service.child.kill('SIGTERM');
  expect(await exitCode(service)).toBe(0);
});

test('stops by itself when its launcher is gone', async () => {
  const service = launch();
  await ready(service);
  // Not `close`, which Node does not emit for a child that was disconnected from.
  const exited = once(service.child, 'exit');
  service.child.disconnect();
  expect(await exited).toEqual([0, null]);
});

test('writes one JSON object a line, and never a password, a secret or a token', async () => {
  const service = launch();
  const party = { issuer: await ready(service), realm: readRealm(), kioskSecret };
  const { body } = await signIn(party, 'teacher');
  await signIn(party, 'teacher', 'a-wrong-password');
  service.child.kill('SIGTERM');
  await exitCode(service);
  expect(service.log().every((entry) => entry.service === 'identity')).toBe(true);
  for (const secret of ['linli-demo', 'a-wrong-password', kioskSecret, String(body['access_token'])]) {
    expect(service.text()).not.toContain(secret);
  }
});

test.each([
  [{ PORT: 'eighty' }, 'IDENTITY_SETTING', /^PORT is not usable/],
  [{ LINLI_ISSUER_URL: 'http://127.0.0.1:4180/' }, 'IDENTITY_SETTING', /^LINLI_ISSUER_URL .*must end with \/realms\//],
  [{ LINLI_KIOSK_SECRET: '' }, 'IDENTITY_SETTING', /^LINLI_KIOSK_SECRET is not set/],
  [{ LINLI_REALM_FILE: '/nowhere/realm.json' }, 'IDENTITY_REALM', /\/nowhere\/realm\.json cannot be read/],
  [{ NODE_ENV: 'production' }, 'IDENTITY_PRODUCTION', /Keycloak/],
  [{ LINLI_ISSUER_URL: 'http://127.0.0.1:4180/realms/other' }, 'IDENTITY_SETTING', /holds realm linli/],
])('with %j it says so in one line and exits with 1', async (environment, code, message) => {
  const service = launch(environment);
  expect(await exitCode(service)).toBe(1);
  const errors = service.log().filter((entry) => entry.level === 'error');
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ code, msg: expect.stringMatching(message) });
});
