import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';
import { until } from '../supergraph/support/shop.js';

const page = fileURLToPath(new URL('../../../docs/embedding.md', import.meta.url));
const workspace = fileURLToPath(new URL('../..', import.meta.url));

let hub: TestHub;
let child: ChildProcess;
let url: string;

beforeAll(async () => {
  hub = await startTestHub();
  const [, code] = /```js\n([\s\S]*?)```/.exec(await readFile(page, 'utf8'))!;
  child = spawn(process.execPath, ['--input-type=module', '-e', code!], {
    cwd: workspace,
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      LINLI_SUPERGRAPH: hub.supergraph,
      LINLI_POLICIES: hub.policies,
      LINLI_ISSUER: hub.issuer.url,
      LINLI_ASSERTION_KEY_FILE: hub.assertionKeyFile,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = (await once(child.stdout!, 'data')) as [Buffer];
  url = first.toString().trim();
});
afterAll(async () => {
  child.kill('SIGKILL');
  await hub.close();
});

async function ask(query: string, token?: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, any> };
}

test('the example serves open data to everybody', async () => {
  const { status, body } = await ask('{ communities { name clinics { name } } }');
  expect(status).toBe(200);
  expect(body['data'].communities[0]).toEqual({ name: '大塘龙社区', clinics: [{ name: '社康 440303001001' }] });
  expect(hub.civilAffairs.subjects.at(-1)?.id).toBe('anonymous');
});

test('it asks departments for whoever shows a token', async () => {
  const { status, body } = await ask('{ residents { id } }', await hub.issuer.token());
  expect(status).toBe(200);
  expect(body).toEqual({ data: { residents: [{ id: 'demo-elder' }] } });
  expect(hub.civilAffairs.subjects.at(-1)?.id).not.toBe('anonymous');
});

test('it refuses a bad token, and knows nothing of personal data without one', async () => {
  const bad = await ask('{ communities { name } }', await hub.issuer.token({ aud: 'somebody-else' }));
  expect(bad.status).toBe(401);
  expect(bad.headers.get('www-authenticate')).toContain('invalid_token');
  expect(bad.body['errors'][0].extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'wrong_audience' });
  const { status, body } = await ask('{ residents { id } }');
  expect(status).toBe(400);
  expect(body['errors'][0].message).toBe('Cannot query field "residents" on type "Query".');
});

test('it serves a new supergraph when the file changes, and ends when it is told to', async () => {
  const text = await readFile(hub.supergraph, 'utf8');
  await writeFile(hub.supergraph, text.replaceAll('anything:', 'whatever:'));
  await until(async () =>
    String((await ask('{ anything { __typename } }')).body['errors']?.[0]?.message).includes('Cannot query field'),
  );
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
